import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  createAzureOpenAiTextModel,
  createOpenAiTextModel,
  type OpenAiTextOptions,
} from '../src/openai/index.server.ts';
import type { StreamRequest, TextPiece, TextRequest } from '../src/port.ts';
import type { OpenAiBehaviour, OpenAiBehaviourName } from '../src/testing/openai-behaviours.ts';
import { type OpenAiRecord, type OpenAiWire, startOpenAiWire } from '../src/testing/openai-wire.ts';
import { SAMPLE_WORDS, sampleVector } from '../src/testing/sample-answers.ts';
import { failureOf } from './contract.ts';
import { aTextRequest, collect } from './text-contract.ts';

let wire: OpenAiWire;
beforeEach(async () => {
  wire = await startOpenAiWire();
});
afterEach(() => wire.close());

const openAi = (options: Partial<OpenAiTextOptions> = {}) =>
  createOpenAiTextModel({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, modelId: 'gpt-5-mini', ...options });
const azure = () =>
  createAzureOpenAiTextModel({
    endpoint: wire.origin,
    apiKey: wire.apiKey,
    deployment: 'our-writer',
    apiVersion: '2025-04-01-preview',
  });

const structured = (schema: z.ZodType, io: 'input' | 'output' = 'output'): TextRequest => ({
  kind: 'text.structured',
  prompt: 'Three ideas',
  schema: z.toJSONSchema(schema, { io }) as Record<string, unknown>,
  schemaName: 'ideas',
});
const chatAsk = (record: OpenAiRecord | undefined) => {
  if (record?.asked.kind !== 'chat') throw new Error('nothing was asked in a chat');
  return record.asked.ask;
};
const sent = () => chatAsk(wire.requests[0]).response_format?.json_schema;
const objectOf = async (request: TextRequest) => {
  const answer = await openAi().answer(request);
  if (answer.kind !== 'text.structured') throw new Error(`it answered ${answer.kind}`);
  return answer.value;
};

describe('a schema for OpenAI', () => {
  const Wide = z.object({
    title: z.string().min(3).max(60).describe('Short'),
    link: z.url().optional(),
    tone: z.enum(['warm', 'cool']).default('warm'),
    score: z.number().int().min(0).max(10),
    tags: z.array(z.object({ name: z.string(), weight: z.number().optional() })).max(5),
    owner: z.object({ name: z.string() }).nullable(),
  });

  it('is made strict: all is required, what was optional may be null, bounds are told in words', async () => {
    wire.next({ is: 'success', words: '{}' });
    await openAi().answer(structured(Wide, 'input'));
    expect(sent()).toMatchObject({ name: 'ideas', strict: true });
    expect(sent()?.schema).toMatchObject({
      required: ['title', 'link', 'tone', 'score', 'tags', 'owner'],
      additionalProperties: false,
      properties: {
        title: { type: 'string', description: 'Short (minLength 3, maxLength 60)' },
        link: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        tags: { items: { required: ['name', 'weight'], additionalProperties: false } },
        owner: { anyOf: [{ type: 'object', additionalProperties: false }, { type: 'null' }] },
      },
    });
  });

  it('gets back what it asked for: a null that stands for "left out" is left out, another stays', async () => {
    const words = { title: 'One', link: null, tone: null, score: 3, tags: [{ name: 'a', weight: null }], owner: null };
    wire.next({ is: 'success', words: JSON.stringify(words) });
    const value = await objectOf(structured(Wide, 'input'));
    expect(value).toEqual({ title: 'One', score: 3, tags: [{ name: 'a' }], owner: null });
    expect(Wide.parse(value).tone).toBe('warm');
  });

  it('may speak of itself', async () => {
    type Tree = { name: string; note?: string | undefined; children: Tree[] };
    const Tree: z.ZodType<Tree> = z.object({
      name: z.string(),
      note: z.string().optional(),
      children: z.array(z.lazy(() => Tree)),
    });
    const leaf = { name: 'leaf', note: null, children: [] };
    wire.next({ is: 'success', words: JSON.stringify({ name: 'root', note: null, children: [leaf] }) });
    const value = await objectOf(structured(Tree));
    expect(sent()?.strict).toBe(true);
    expect(value).toEqual({ name: 'root', children: [{ name: 'leaf', children: [] }] });
  });

  it('may be a choice of shapes, as long as nothing in them is optional', async () => {
    const Choice = z.object({
      what: z.discriminatedUnion('is', [
        z.object({ is: z.literal('a'), one: z.string() }),
        z.object({ is: z.literal('b'), two: z.number() }),
      ]),
    });
    expect(Choice.parse(await objectOf(structured(Choice)))).toEqual({ what: { is: 'a', one: 'snow' } });
    expect(sent()?.strict).toBe(true);
  });

  it.each([
    ['maps', z.object({ by: z.record(z.string(), z.number()) })],
    ['anything', z.object({ any: z.unknown() })],
    ['tuples', z.object({ pair: z.tuple([z.string(), z.number()]) })],
    ['a list at its root', z.array(z.string())],
    ['open objects', z.looseObject({ a: z.string() })],
    [
      'a choice with something optional',
      z.object({ x: z.union([z.object({ a: z.string().optional() }), z.object({ b: z.string() })]) }),
    ],
    [
      'more depth than Azure allows',
      z.object({
        a: z.object({
          b: z.object({ c: z.object({ d: z.object({ e: z.object({ f: z.object({ g: z.string() }) }) }) }) }),
        }),
      }),
    ],
  ])('goes as it is, not strict, with %s', async (_, schema) => {
    wire.next({ is: 'success', words: '{"a":null}' });
    expect(await objectOf(structured(schema))).toEqual({ a: null });
    const { $schema: __, ...asItIs } = z.toJSONSchema(schema) as Record<string, unknown>;
    expect(sent()).toMatchObject({ strict: false, schema: asItIs });
  });

  it('has a name that the wire takes', async () => {
    await openAi().answer({
      ...structured(z.object({ a: z.string() })),
      schemaName: `Ideen für ${'x'.repeat(80)}`,
    } as TextRequest);
    expect(sent()?.name).toMatch(/^Ideen_f_r_x+$/);
  });
});

describe('words from OpenAI', () => {
  it.each([
    ['polite refusal', { reason: 'refused', said: "I'm sorry, I can't assist with that." }],
    ['cut off by the filter', { reason: 'refused', said: 'First you' }],
    ['all tokens thought away', { reason: 'empty', detail: 'no words (finish reason: length)' }],
    ['HTML with 200', { reason: 'unavailable', maybeTaken: true }],
    ['JSON null', { reason: 'unavailable', maybeTaken: true }],
  ] as const)('(%s) are told for what they are, streamed or not', async (behaviour, wanted) => {
    wire.usually(behaviour);
    for (const model of [openAi(), azure()]) {
      expect(await failureOf(model.answer(await aTextRequest('image.describe')))).toMatchObject(wanted);
      expect(await failureOf(collect(model.stream(await aTextRequest('text.stream'))))).toMatchObject(wanted);
    }
    expect(wire.requests).toHaveLength(4);
  });

  it('that are half an object are none, though a whole smaller one is in them', async () => {
    wire.next('cut off by the limit');
    const error = await failureOf(openAi().answer(await aTextRequest('text.structured')));
    expect(error).toMatchObject({ reason: 'empty', detail: 'cut off at the limit of tokens', isRetryable: false });
    expect(error.said).toContain('"one"');
  });

  it('are as many as were allowed, told by the name that all models know', async () => {
    const request = await aTextRequest('text.structured');
    await openAi().answer({ ...request, maxOutputTokens: 99 } as TextRequest);
    const ask = chatAsk(wire.requests[0]);
    expect(ask.max_completion_tokens).toBe(99);
    expect(ask.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(ask).not.toHaveProperty('max_tokens');
  });

  it('from Azure are asked of the deployment', async () => {
    await azure().answer(await aTextRequest('image.describe'));
    await azure().answer(await aTextRequest('text.embed'));
    expect(wire.requests.map(({ url }) => url.split('?')[0])).toEqual([
      '/openai/deployments/our-writer/chat/completions',
      '/openai/deployments/our-writer/embeddings',
    ]);
  });

  it('carry the key of the request', async () => {
    await openAi().answer(await aTextRequest('text.embed'), { idempotencyKey: 'once' });
    await collect(openAi().stream(await aTextRequest('text.stream'), { idempotencyKey: 'twice' }));
    expect(wire.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['once', 'twice']);
  });
});

describe('a stream from OpenAI', () => {
  const readUntilFailure = async (behaviour: OpenAiBehaviour | OpenAiBehaviourName) => {
    wire.usually(behaviour);
    const pieces: TextPiece[] = [];
    const request: StreamRequest = await aTextRequest('text.stream');
    const error = await failureOf(collect(openAi().stream(request), pieces));
    expect(wire.requests).toHaveLength(1);
    return { error, words: pieces.map((piece) => (piece.type === 'delta' ? piece.text : '<end>')) };
  };

  it.each([
    ['server error in the stream', { reason: 'unavailable', maybeTaken: true, isRetryable: false }],
    ['filter in the stream', { reason: 'refused', isRetryable: false }],
    ['cut between events', { reason: 'unavailable', maybeTaken: true, detail: 'the stream ended before its end' }],
    ['truncated JSON', { reason: 'unavailable', maybeTaken: true }],
  ] as const)('(%s) gives the words that came and then says what happened', async (behaviour, wanted) => {
    const { error, words } = await readUntilFailure(behaviour);
    expect(error).toMatchObject(wanted);
    expect(words).toEqual(['Snow falls ']);
  });

  it('that says a spent quota in its midst is the operator’s to mend', async () => {
    const { error } = await readUntilFailure({
      is: 'error in the stream',
      error: { message: 'You exceeded your current quota.', type: 'insufficient_quota', code: 'insufficient_quota' },
    });
    expect(error).toMatchObject({ reason: 'misconfigured' });
  });

  it('asks for its usage, and ends with it', async () => {
    const pieces = await collect(azure().stream(await aTextRequest('text.stream')));
    expect(pieces.at(-1)).toEqual({ type: 'end', usage: { inputTokens: 31, outputTokens: 12 } });
    expect(chatAsk(wire.requests[0])).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  it('sends nothing before somebody reads', async () => {
    const stream = openAi()
      .stream(await aTextRequest('text.stream'))
      [Symbol.asyncIterator]();
    expect(wire.requests).toEqual([]);
    await stream.next();
    expect(wire.requests).toHaveLength(1);
    await stream.return?.();
  });
});

describe('vectors from OpenAI', () => {
  it('come in the order of the texts, asked for in plain numbers', async () => {
    const answer = await openAi().answer({ kind: 'text.embed', texts: ['one', 'two', 'three'], dimensions: 3 });
    expect(answer).toEqual({
      kind: 'text.embed',
      vectors: ['one', 'two', 'three'].map((text) => sampleVector(text, 3)),
      usage: { inputTokens: 9 },
    });
    expect(wire.requests[0]?.asked).toMatchObject({ ask: { encoding_format: 'float', dimensions: 3 } });
  });

  it.each([
    ['too few', [{ index: 0, embedding: [1, 2] }]],
    ['the same one twice', [0, 0].map((index) => ({ index, embedding: [1, 2] }))],
    ['of two lengths', [0, 1].map((index) => ({ index, embedding: index ? [1] : [1, 2] }))],
    ['without numbers', [0, 1].map((index) => ({ index, embedding: 'AACAPwAAAEA=' }))],
  ])('that are %s are no answer', async (_, data) => {
    wire.next({ is: 'vectors', data });
    const error = await failureOf(openAi().answer({ kind: 'text.embed', texts: ['one', 'two'] }));
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true });
  });

  it('of another length than was asked for are no answer', async () => {
    wire.next({ is: 'vectors', data: [{ index: 0, embedding: [1, 2, 3] }] });
    const error = await failureOf(openAi().answer({ kind: 'text.embed', texts: ['one'], dimensions: 2 }));
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true });
  });

  it('of no text are not asked for', async () => {
    expect(await failureOf(openAi().answer({ kind: 'text.embed', texts: [] }))).toMatchObject({ reason: 'invalid' });
    expect(wire.requests).toEqual([]);
  });
});

it('says what OpenAI’s model said where no object was in it', async () => {
  wire.next({ is: 'success', words: SAMPLE_WORDS });
  const error = await failureOf(openAi().answer(await aTextRequest('text.structured')));
  expect(error).toMatchObject({ reason: 'empty', said: SAMPLE_WORDS });
});
