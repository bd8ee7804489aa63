import type { AnthropicBehaviour, AnthropicBlock } from './anthropic-behaviours.ts';
import { jsonAnswer, type WireAnswer } from './anthropic-mishaps.ts';
import { SAMPLE_DELTAS, SAMPLE_WORDS, sampleObject } from './sample-answers.ts';

/** What the answers depend on; `schema` where JSON was asked for. */
export type AnthropicAsked = {
  model: string;
  isStream: boolean;
  schema: Record<string, unknown> | undefined;
};
type Message = Extract<AnthropicBehaviour, { is: 'message' }>;
type Success = Extract<AnthropicBehaviour, { is: 'success' }>;

const USAGE = {
  input_tokens: 20,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 7,
  output_tokens: 31,
  service_tier: 'standard',
};

/** What was asked for, as Anthropic answers it: after a thought. */
export function composeSuccess(asked: AnthropicAsked, { around = ['', ''] }: Success): WireAnswer {
  const [before, after] = around;
  const text = asked.schema ? `${before}${JSON.stringify(sampleObject(asked.schema))}${after}` : SAMPLE_WORDS;
  const content: AnthropicBlock[] = [
    { type: 'thinking', thinking: 'The person asks for {"something": 1}.', signature: 'c2lnbmF0dXJl' },
    { type: 'text', text },
  ];
  return composeMessage(asked, { is: 'message', content, stopReason: 'end_turn' });
}

/** One message, whole or as a stream. */
export function composeMessage(asked: AnthropicAsked, behaviour: Message): WireAnswer {
  return asked.isStream
    ? streamOf([...streamEvents(asked, behaviour)])
    : jsonAnswer(wholeMessage(asked, behaviour), 200, { 'request-id': 'req_wire' });
}

/** A stream in which an error comes instead of its end. */
export function composeStreamError(
  asked: AnthropicAsked,
  { when, type, message }: Extract<AnthropicBehaviour, { is: 'error in the stream' }>,
): WireAnswer {
  const { pieces, opening } = composeSuccess(asked, { is: 'success' });
  const failure = eventOf('error', { error: { type, message }, request_id: 'req_wire' });
  return streamOf([...(when === 'at once' ? [] : pieces.slice(0, opening)), failure]);
}

function wholeMessage(asked: AnthropicAsked, { content, stopReason, stopDetails, usage }: Message): object {
  return {
    id: 'msg_wire',
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content,
    stop_reason: stopReason,
    stop_details: stopDetails ?? null,
    stop_sequence: null,
    usage: usage ?? USAGE,
  };
}

const eventOf = (type: string, data: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;

function* streamEvents(asked: AnthropicAsked, behaviour: Message): Generator<string> {
  const { content, stopReason, stopDetails } = behaviour;
  const begun = { ...behaviour, content: [], stopReason: null, usage: { ...USAGE, output_tokens: 1 } };
  yield eventOf('message_start', { message: wholeMessage(asked, begun) });
  yield eventOf('ping', {});
  for (const [index, block] of content.entries()) {
    const delta = (delta: object) => eventOf('content_block_delta', { index, delta });
    yield eventOf('content_block_start', { index, content_block: { type: block.type, text: '' } });
    if (block.type === 'thinking') {
      yield delta({ type: 'thinking_delta', thinking: block.thinking });
      yield delta({ type: 'signature_delta', signature: block.signature });
    } else if (block.type === 'text') {
      const words = block.text === SAMPLE_WORDS ? SAMPLE_DELTAS : [block.text];
      for (const text of words) yield delta({ type: 'text_delta', text });
    } else yield delta({ type: 'input_json_delta', partial_json: JSON.stringify(block.input) });
    yield eventOf('content_block_stop', { index });
  }
  const delta = { stop_reason: stopReason, stop_details: stopDetails ?? null, stop_sequence: null };
  yield eventOf('message_delta', { delta, usage: { output_tokens: USAGE.output_tokens } });
  yield eventOf('message_stop', {});
}

/** The opening goes as far as the first words. */
function streamOf(pieces: readonly string[]): WireAnswer {
  const opening = pieces.findIndex((piece) => piece.includes('text_delta')) + 1;
  return { contentType: 'text/event-stream; charset=utf-8', pieces, opening };
}
