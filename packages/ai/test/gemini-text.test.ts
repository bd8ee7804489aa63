import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGeminiTextModel } from '../src/gemini/index.server.ts';
import type { TextPiece } from '../src/port.ts';
import {
  type GeminiBehaviour,
  type GeminiBehaviourName,
  type GeminiWire,
  startGeminiWire,
} from '../src/testing/index.ts';
import { SAMPLE_DELTAS } from '../src/testing/sample-answers.ts';
import { failureOf } from './contract.ts';
import { aTextRequest, collect } from './text-contract.ts';

let wire: GeminiWire;
beforeEach(async () => {
  wire = await startGeminiWire();
});
afterEach(() => wire.close());

const gemini = (modelId = 'gemini-3.1-flash') =>
  createGeminiTextModel({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, modelId });
const embedding = () => gemini('gemini-embedding-001');

const answerWhen = async (behaviour: GeminiBehaviour | GeminiBehaviourName) => {
  wire.next(behaviour);
  return gemini().answer(await aTextRequest('text.structured'));
};

describe('an object from Gemini', () => {
  it('is asked for as JSON of the schema, in the words Gemini knows', async () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        const: { const: 'ad' },
        list: { type: 'array', items: { anyOf: [{ const: 1 }, { $ref: '#/$defs/x' }] } },
      },
      $defs: { x: { const: 2 } },
      additionalProperties: false,
    };
    await gemini().answer({ kind: 'text.structured', schema, schemaName: 'x', prompt: 'p', maxOutputTokens: 50 });
    expect(wire.requests[0]?.body.generationConfig).toEqual({
      maxOutputTokens: 50,
      responseMimeType: 'application/json',
      responseJsonSchema: {
        type: 'object',
        properties: {
          const: { enum: ['ad'] },
          list: { type: 'array', items: { anyOf: [{ enum: [1] }, { $ref: '#/$defs/x' }] } },
        },
        $defs: { x: { enum: [2] } },
        additionalProperties: false,
      },
    });
  });

  it('is the one in its words, not in its thoughts, which are paid all the same', async () => {
    const answer = await answerWhen({ is: 'success', thoughts: true });
    expect(answer).toMatchObject({ value: { headline: 'snow' }, usage: { inputTokens: 12, outputTokens: 1300 } });
  });

  it('that was cut off is empty, though smaller objects in it are whole', async () => {
    const text = '{"ideas":[{"title":"a"},{"title":"b"},{"ti';
    const error = await failureOf(answerWhen({ is: 'success', text, finishReason: 'MAX_TOKENS' }));
    expect(error).toMatchObject({ reason: 'empty', said: text, isRetryable: false, maybeTaken: false });
    expect(error.detail).toContain('MAX_TOKENS');
  });

  it('that is whole although the limit was reached is an answer', async () => {
    const answer = await answerWhen({ is: 'success', text: '{"a":1}', finishReason: 'MAX_TOKENS' });
    expect(answer).toMatchObject({ value: { a: 1 } });
  });

  it.each([
    ['safety', 'refused'],
    ['prohibited content', 'refused'],
    ['blocked prompt', 'refused'],
    ['spent on thoughts', 'empty'],
    ['nothing', 'empty'],
    ['JSON of another kind', 'unavailable'],
    ['bad key', 'misconfigured'],
    ['daily quota', 'misconfigured'],
  ] as const)('(%s) is %s', async (behaviour, reason) => {
    expect(await failureOf(answerWhen(behaviour))).toMatchObject({ reason, isRetryable: false });
    expect(wire.requests).toHaveLength(1);
  });

  it('is paid for once though the answer invites to be continued', async () => {
    expect(await answerWhen('continuing success')).toMatchObject({ value: { headline: 'snow' } });
    expect(wire.requests).toHaveLength(1);
  });
});

describe('a description by Gemini', () => {
  it('may be cut off: what came is an answer', async () => {
    wire.next({ is: 'success', text: 'A red squ', finishReason: 'MAX_TOKENS' });
    const answer = await gemini().answer({ ...(await aTextRequest('image.describe')), maxOutputTokens: 3 });
    expect(answer).toMatchObject({ kind: 'image.describe', text: 'A red squ' });
    expect(wire.requests[0]?.body.generationConfig).toEqual({ maxOutputTokens: 3 });
  });

  it('is not asked for with a picture that cannot be read', async () => {
    const image = { bytes: Buffer.from('no picture'), mimeType: 'image/avif' };
    const error = await failureOf(gemini().answer({ kind: 'image.describe', prompt: 'x', image }));
    expect(error).toMatchObject({ reason: 'invalid', maybeTaken: false });
    expect(wire.requests).toEqual([]);
  });
});

describe('a stream from Gemini', () => {
  const streamWhen = async (behaviour: GeminiBehaviour | GeminiBehaviourName) => {
    wire.next(behaviour);
    return collect(gemini().stream(await aTextRequest('text.stream')));
  };

  it('leaves out its thoughts and counts them', async () => {
    expect(await streamWhen({ is: 'success', thoughts: true })).toEqual([
      ...SAMPLE_DELTAS.map((text) => ({ type: 'delta', text })),
      { type: 'end', usage: { inputTokens: 12, outputTokens: 1300 } },
    ]);
    expect(wire.requests[0]).toMatchObject({ system: 'You write for an ad agency.' });
  });

  it('that reaches its token limit ends with what came', async () => {
    const pieces = await streamWhen({ is: 'success', finishReason: 'MAX_TOKENS' });
    expect(pieces.at(-1)?.type).toBe('end');
  });

  it('may be refused after its first words, which stay', async () => {
    wire.next({ is: 'success', finishReason: 'SAFETY' });
    const pieces: TextPiece[] = [];
    const error = await failureOf(collect(gemini().stream(await aTextRequest('text.stream')), pieces));
    expect(error).toMatchObject({ reason: 'refused', maybeTaken: false });
    expect(pieces).toEqual(SAMPLE_DELTAS.slice(0, -1).map((text) => ({ type: 'delta', text })));
  });

  it.each([
    ['in an event', 'data: {"error":{"code":503,"status":"UNAVAILABLE","message":"overloaded"}}\r\n\r\n'],
    ['in place of an event', '{"error":{"code":503,"status":"UNAVAILABLE","message":"overloaded"}}'],
    ['that is no event', 'data: null\r\n\r\n'],
    ['of nothing', ''],
  ])('that breaks with an error %s may have been billed', async (_, body) => {
    const error = await failureOf(streamWhen({ is: 'raw', contentType: 'text/event-stream', body }));
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true });
    expect(wire.requests).toHaveLength(1);
  });
});

describe('vectors from Gemini', () => {
  it('are asked for one a text, though a model could take them for parts of one', async () => {
    for (const model of [embedding(), gemini('gemini-embedding-2')]) {
      const answer = await model.answer({ kind: 'text.embed', texts: ['a', 'b', 'a'] });
      if (answer.kind !== 'text.embed') throw new Error('no vectors');
      expect(answer.vectors).toHaveLength(3);
      expect(answer.vectors[0]).toEqual(answer.vectors[2]);
      expect(answer.vectors[0]).not.toEqual(answer.vectors[1]);
    }
  });

  it.each([0, 101])('are not asked for with %i texts', async (count) => {
    const texts = Array.from({ length: count }, (_, at) => `text ${at}`);
    const error = await failureOf(embedding().answer({ kind: 'text.embed', texts }));
    expect(error).toMatchObject({ reason: 'invalid', detail: `${count} texts: this model takes 1 to 100` });
    expect(wire.requests).toEqual([]);
  });

  it.each([
    ['fewer than texts', '{"embeddings":[{"values":[1]}]}'],
    ['of two lengths', '{"embeddings":[{"values":[1]},{"values":[1,2]}]}'],
    ['of no length', '{"embeddings":[{"values":[]},{"values":[]}]}'],
    ['of words', '{"embeddings":[{"values":["a"]},{"values":["b"]}]}'],
  ])('that are %s are no answer', async (_, body) => {
    wire.next({ is: 'raw', body });
    const error = await failureOf(embedding().answer({ kind: 'text.embed', texts: ['a', 'b'] }));
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true });
  });
});
