import type { GeminiBehaviour } from './gemini-behaviours.ts';
import type { RecordedRequest } from './gemini-request.ts';
import { paintAnswer } from './paint-answer.ts';
import { SAMPLE_DELTAS, SAMPLE_WORDS, sampleObject, sampleVector } from './sample-answers.ts';

export type Success = Extract<GeminiBehaviour, { is: 'success' }>;

/** The answer of a model that does what was asked: one object, or for a stream its events. */
export async function succeed(success: Success, request: RecordedRequest): Promise<object[]> {
  const { wanted } = request;
  switch (wanted.is) {
    case 'vectors':
      return [
        {
          embeddings: wanted.texts.map((text) => ({ values: sampleVector(text, wanted.dimensions) })),
          usageMetadata: { promptTokenCount: 4 * wanted.texts.length },
        },
      ];
    case 'stream':
      return eventsOf(success, request);
    case 'picture':
      return [answer(request, success, await picturesOf(success, request), { promptTokenCount: 270 })];
    case 'object':
      return [answer(request, success, spoken(success, wrap(wanted.schema, success.wrapped)))];
    case 'words':
      return [answer(request, success, spoken(success, SAMPLE_WORDS))];
  }
}

const spoken = ({ text, thoughts }: Success, usual: string): object[] => [
  ...(thoughts ? [{ text: 'Let me think { "not": "this" }.', thought: true }] : []),
  { text: text ?? usual },
];

function wrap(schema: Record<string, unknown>, wrapped: Success['wrapped']): string {
  const json = JSON.stringify(sampleObject(schema), null, 2);
  if (wrapped === 'in a fence') return `\`\`\`json\n${json}\n\`\`\``;
  return wrapped === 'in prose' ? `Here is what I came up with: ${json} I hope it helps!` : json;
}

async function picturesOf(success: Success, request: RecordedRequest): Promise<object[]> {
  const picture = (bytes: Uint8Array) => ({
    inlineData: { mimeType: success.mimeType ?? 'image/png', data: Buffer.from(bytes).toString('base64') },
  });
  const draft = await paintAnswer({ ...request, image: undefined });
  return [
    ...(success.thoughts
      ? [
          { text: 'First a draft.', thought: true },
          { ...picture(draft), thought: true },
        ]
      : []),
    ...(success.text ? [{ text: success.text }] : []),
    picture(success.image ?? (await paintAnswer(request))),
  ];
}

/** One event a delta; the reason for its end and the counts come with the last one. */
function eventsOf(success: Success, request: RecordedRequest): object[] {
  const deltas = success.text === undefined ? SAMPLE_DELTAS : [success.text];
  const thoughts = success.thoughts ? [candidateOf([{ text: 'Let me think.', thought: true }])] : [];
  const events = deltas.map((text) => candidateOf([{ text }]));
  return [...thoughts, ...events.slice(0, -1), answer(request, success, [{ text: deltas.at(-1) }])].map((event) => ({
    ...event,
    modelVersion: request.model,
  }));
}

const candidateOf = (parts: object[]) => ({ candidates: [{ content: { role: 'model', parts }, index: 0 }] });

function answer(request: RecordedRequest, success: Success, parts: object[], counts: object = {}): object {
  const { continuationToken, finishReason } = success;
  const candidate = {
    content: { role: 'model', parts },
    finishReason: finishReason ?? (continuationToken ? 'CONTINUATION' : 'STOP'),
    index: 0,
    continuationToken,
  };
  return {
    candidates: [candidate],
    usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 1290, thoughtsTokenCount: 10, ...counts },
    modelVersion: request.model,
    responseId: 'wire',
  };
}
