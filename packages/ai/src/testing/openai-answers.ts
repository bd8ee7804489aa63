import type { OpenAiBehaviour } from './openai-behaviours.ts';
import type { Asked } from './openai-requests.ts';
import { paintAnswer } from './paint-answer.ts';
import { SAMPLE_DELTAS, SAMPLE_WORDS, sampleObject, sampleVector } from './sample-answers.ts';

export type WireVendor = 'openai' | 'azure';
export type Success = Extract<OpenAiBehaviour, { is: 'success' }>;

const COMPLETION = { id: 'chatcmpl-wire', created: 1_795_000_000, system_fingerprint: 'fp_wire' };
const safe = { filtered: false, severity: 'safe' };
const VERDICTS = { hate: safe, self_harm: safe, sexual: safe, violence: safe };
const CHAT_USAGE = { prompt_tokens: 31, completion_tokens: 12, total_tokens: 43 };

/** `store` keeps bytes for a later download and tells their address. */
export async function picturesAnswer(
  asked: Extract<Asked, { kind: 'pictures' }>,
  success: Success,
  store: (bytes: Uint8Array) => string,
): Promise<object> {
  const painted = success.image ?? (await paint(asked));
  const revised_prompt = success.revisedPrompt;
  const where =
    success.as === 'url'
      ? { url: success.url ?? store(painted) }
      : { b64_json: Buffer.from(painted).toString('base64') };
  return {
    created: COMPLETION.created,
    background: 'opaque',
    data: [{ ...where, ...(revised_prompt !== undefined && { revised_prompt }) }],
    output_format: 'png',
    quality: asked.ask.quality ?? 'high',
    size: asked.ask.size,
    usage: {
      input_tokens: 50,
      input_tokens_details: { image_tokens: 40, text_tokens: 10 },
      output_tokens: 4160,
      total_tokens: 4210,
    },
  };
}

function paint({ ask, uploads }: Extract<Asked, { kind: 'pictures' }>): Promise<Uint8Array> {
  const [, across = 1, down = 1] = /^(\d+)x(\d+)$/.exec(ask.size ?? '')?.map(Number) ?? [];
  const shared = greatestCommonDivisor(across, down);
  const aspectRatio = `${across / shared}:${down / shared}`;
  return paintAnswer({ prompt: ask.prompt, aspectRatio, ...(uploads[0] && { image: uploads[0] }) });
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

export type Completion = { content: string | null; refusal?: string | undefined; finishReason: string };

/** What a model says to this: the object of the schema, else the samples. */
export function wordsFor({ ask }: Extract<Asked, { kind: 'chat' }>, success: Success): string {
  if (success.words !== undefined) return success.words;
  const schema = ask.response_format?.json_schema.schema;
  return schema ? JSON.stringify(sampleObject(schema)) : SAMPLE_WORDS;
}

export function chatAnswer(vendor: WireVendor, model: string, { content, refusal, finishReason }: Completion): object {
  return {
    ...COMPLETION,
    object: 'chat.completion',
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: refusal ?? null, annotations: [] },
        logprobs: null,
        finish_reason: finishReason,
        ...(vendor === 'azure' && { content_filter_results: VERDICTS }),
      },
    ],
    usage: CHAT_USAGE,
    ...(vendor === 'azure' && { prompt_filter_results: [{ prompt_index: 0, content_filter_results: VERDICTS }] }),
  };
}

/** The events of a stream: before its words, its words, and its end. */
export type StreamEvents = { opening: string[]; words: string[]; ending: string[] };

export function chatEvents(vendor: WireVendor, model: string, completion: Completion): StreamEvents {
  const { content, refusal, finishReason } = completion;
  const base = { ...COMPLETION, object: 'chat.completion.chunk', model };
  const chunk = (delta: object, finish_reason: string | null = null) =>
    event({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason }], usage: null });
  const verdict = {
    choices: [],
    created: 0,
    id: '',
    model: '',
    object: '',
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: VERDICTS }],
  };
  const deltas = content === SAMPLE_WORDS ? SAMPLE_DELTAS : content ? [content] : [];
  return {
    opening: [
      ...(vendor === 'azure' ? [event(verdict)] : []),
      chunk({ role: 'assistant', content: '', refusal: null }),
    ],
    words: [
      ...deltas.map((text) => chunk({ content: text })),
      ...(refusal?.match(/.{1,12}/gs) ?? []).map((text) => chunk({ refusal: text })),
    ],
    ending: [chunk({}, finishReason), event({ ...base, choices: [], usage: CHAT_USAGE }), 'data: [DONE]\n\n'],
  };
}

export const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

/** The last vector comes first: the order is told by `index` alone. */
export function vectorsAnswer({ ask }: Extract<Asked, { kind: 'vectors' }>): object {
  const vectors = ask.input.map((text, index) => {
    const vector = sampleVector(text, ask.dimensions ?? 8);
    const packed = () => Buffer.from(new Float32Array(vector).buffer).toString('base64');
    return { object: 'embedding', index, embedding: ask.encoding_format === 'base64' ? packed() : vector };
  });
  return { object: 'list', data: vectors.reverse(), model: ask.model, usage: { prompt_tokens: 9, total_tokens: 9 } };
}
