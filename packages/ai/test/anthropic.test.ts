import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createAnthropicTextModel } from '../src/anthropic/index.server.ts';
import { toStrictSchema } from '../src/anthropic/strict-schema.ts';
import type { ProviderError, TextPiece } from '../src/port.ts';
import type { AnthropicBehaviour, AnthropicBehaviourName } from '../src/testing/anthropic-behaviours.ts';
import { type AnthropicWire, startAnthropicWire } from '../src/testing/anthropic-wire.ts';
import { SAMPLE_WORDS } from '../src/testing/sample-answers.ts';
import { failureOf } from './contract-moods.ts';
import { ask, aTextRequest, collect } from './text-contract.ts';

let wire: AnthropicWire;
beforeEach(async () => {
  wire = await startAnthropicWire();
});
afterEach(() => wire.close());

const claude = (options: Partial<Parameters<typeof createAnthropicTextModel>[0]> = {}) =>
  createAnthropicTextModel({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, modelId: 'claude-sonnet-5-5', ...options });

type Kind = 'text.structured' | 'image.describe' | 'text.stream';
function failureWhen(behaviour: AnthropicBehaviour | AnthropicBehaviourName, kind: Kind): Promise<ProviderError> {
  wire.usually(behaviour);
  return failureOf(ask(claude(), kind));
}
const json = (schema: z.ZodType) => z.toJSONSchema(schema) as Record<string, unknown>;
const structured = (schema: z.ZodType, more: { maxOutputTokens?: number | undefined } = {}) =>
  claude().answer({ kind: 'text.structured', prompt: 'go', schema: json(schema), schemaName: 'it', ...more });

describe('a request to Anthropic', () => {
  it('takes nothing from the environment', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'sk-other');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'other-token');
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:1');
    vi.stubEnv('ANTHROPIC_PROFILE', 'nobody');
    vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', `X-Spy: here\nAuthorization: Bearer stolen`);
    await ask(claude(), 'text.structured');
    vi.unstubAllEnvs();
    const { headers } = wire.requests[0]!;
    expect(headers.authorization).toBe(`Bearer ${wire.apiKey}`);
    expect(headers['x-spy']).toBeUndefined();
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
  });

  it('has room for as many tokens as were asked for, and for a long answer unless told', async () => {
    for (const maxOutputTokens of [300, 30_000, undefined])
      await structured(z.object({ a: z.string() }), { maxOutputTokens });
    expect(wire.requests.map(({ body }) => body.max_tokens)).toEqual([300, 30_000, 16_000]);
  });

  it('holds a picture in the type of its bytes, whatever it is called', async () => {
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    await claude().answer({ kind: 'image.describe', prompt: 'x', image: { bytes, mimeType: 'image/png' } });
    expect(wire.requests[0]?.picture).toEqual({ bytes, mimeType: 'image/jpeg' });
  });

  it('holds a smaller picture where it is too heavy, too wide or of a type that is not taken', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const heavy = await sharp({ create: { width: 2000, height: 800, channels: 3, background: 'red', noise } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const wide = await sharp({ create: { width: 8200, height: 10, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const avif = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .avif()
      .toBuffer();
    for (const bytes of [heavy, wide, avif])
      await claude().answer({ kind: 'image.describe', prompt: 'x', image: { bytes, mimeType: 'image/png' } });
    const sent = await Promise.all(wire.requests.map(({ picture }) => sharp(picture!.bytes).metadata()));
    expect(sent.map(({ format, width }) => [format, width])).toEqual([
      ['webp', 2000],
      ['webp', 2048],
      ['webp', 30],
    ]);
  });

  it('is not made with a picture that cannot be read', async () => {
    const image = { bytes: Buffer.from('\x89PNG\r\n\x1a\n no picture', 'latin1'), mimeType: 'image/png' };
    const error = await failureOf(claude().answer({ kind: 'image.describe', prompt: 'x', image }));
    expect(error).toMatchObject({ reason: 'invalid', maybeTaken: false });
    expect(wire.requests).toEqual([]);
  });

  it('with a key that no header can carry is the operator’s to mend, and the key is not told', async () => {
    const error = await failureOf(ask(claude({ apiKey: 'secret\nkey' }), 'text.structured'));
    expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
    expect(`${error.message} ${String(error.cause)}`).not.toContain('secret');
  });
});

describe('a schema for Anthropic', () => {
  it('is enforced without the words that Anthropic does not know, and told with them', async () => {
    const schema = z.object({ ages: z.array(z.int().min(3).max(9)).max(2), name: z.string().max(5) });
    await structured(schema);
    const { system, output_config } = wire.requests[0]!.body;
    expect(JSON.stringify(output_config)).not.toMatch(/"(minimum|maximum|maxLength|maxItems)":/);
    expect(system).toContain('"maximum":9');
  });

  it('of a choice between an object and something else keeps what is in the object', () => {
    const nullable = { type: ['object', 'null'], properties: { a: { type: 'string' } }, required: ['a'] };
    const strict = toStrictSchema({ type: 'object', properties: { nullable }, required: ['nullable'] });
    const object = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false };
    expect(strict).toMatchObject({ properties: { nullable: { anyOf: [object, { type: 'null' }] } } });
  });

  it.each([
    ['open objects', z.object({ scores: z.record(z.string(), z.number()) })],
    ['tuples', z.object({ pair: z.tuple([z.string(), z.number()]) })],
    ['anything', z.object({ whatever: z.unknown() })],
  ])('with %s in it is only told, since enforcing it would empty it', async (_, schema) => {
    await structured(schema);
    const { system, output_config } = wire.requests[0]!.body;
    expect(output_config).toBeUndefined();
    expect(system).toContain(JSON.stringify(json(schema)));
  });
});

describe('a schema that leads back to itself', () => {
  it.each([
    { type: 'object', properties: { parts: { type: 'array', items: { $ref: '#' } } } },
    {
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
      $ref: '#/$defs/node',
    },
  ])('cannot be enforced (%#)', (schema) => expect(toStrictSchema(schema)).toBeUndefined());

  it('is not mistaken for one that only names a part twice', () => {
    const both = { type: 'object', properties: { a: { $ref: '#/$defs/part' }, b: { $ref: '#/$defs/part' } } };
    expect(toStrictSchema({ ...both, $defs: { part: { type: 'string' } } })).toMatchObject(both);
  });
});

describe('an answer from Anthropic', () => {
  it('counts what was read from a cache as input', async () => {
    const answer = await claude().answer(await aTextRequest('image.describe'));
    expect(answer).toMatchObject({ text: SAMPLE_WORDS, usage: { inputTokens: 27, outputTokens: 31 } });
    const pieces = await collect(claude().stream(await aTextRequest('text.stream')));
    expect(pieces.at(-1)).toEqual({ type: 'end', usage: { inputTokens: 27, outputTokens: 31 } });
  });

  it('may be a tool call, as some gateways put it', async () => {
    wire.next({
      is: 'message',
      content: [{ type: 'tool_use', id: 'toolu_1', name: 'json', input: { a: 1 } }],
      stopReason: 'tool_use',
    });
    expect(await structured(z.object({ a: z.number() }))).toMatchObject({ value: { a: 1 }, text: '{"a":1}' });
  });

  it('that was cut off holds no object, though a part of it could be read as one', async () => {
    const text = '{"ideas": [{"title": "Snow"}, {"title": "Su';
    wire.next({ is: 'message', content: [{ type: 'text', text }], stopReason: 'max_tokens' });
    const error = await failureOf(structured(z.object({ title: z.string() }), { maxOutputTokens: 16 }));
    expect(error).toMatchObject({ reason: 'empty', detail: 'cut off: max_tokens', said: text, maybeTaken: false });
  });

  it('in words is kept when it was cut off at its limit', async () => {
    const behaviour = {
      is: 'message',
      content: [{ type: 'text', text: 'A snowy' }],
      stopReason: 'max_tokens',
    } as const;
    wire.usually(behaviour);
    expect(await claude().answer(await aTextRequest('image.describe'))).toMatchObject({ text: 'A snowy' });
    const pieces = await collect(claude().stream(await aTextRequest('text.stream')));
    expect(pieces.map(({ type }) => type)).toEqual(['delta', 'end']);
  });

  it.each(['text.structured', 'image.describe', 'text.stream'] as const)(
    'of thoughts only is empty (%s)',
    async (kind) => {
      expect(await failureWhen('only thoughts', kind)).toMatchObject({
        reason: 'empty',
        detail: 'cut off: max_tokens',
      });
    },
  );

  it.each(['text.structured', 'image.describe', 'text.stream'] as const)(
    'that ends in a refusal is refused, and says what was said before (%s)',
    async (kind) => {
      const error = await failureWhen('refusal after words', kind);
      expect(error).toMatchObject({ reason: 'refused', maybeTaken: false });
      expect(error.said).toContain('First, take');
    },
  );

  it('says why it was refused', async () => {
    const { detail, said } = await failureWhen('refusal', 'text.structured');
    expect(detail).toBe('refusal: general_harms: The request was determined as harmful.');
    expect(said).toBeUndefined();
  });
});

describe('a status from Anthropic', () => {
  it.each([
    ['no credit', { reason: 'misconfigured', isRetryable: false }],
    ['usage limit', { reason: 'misconfigured', isRetryable: false }],
    ['on hold', { reason: 'misconfigured', isRetryable: false }],
    ['bill unpaid', { reason: 'misconfigured', isRetryable: false }],
    ['spend limit', { reason: 'misconfigured', isRetryable: false }],
    ['too large', { reason: 'invalid', isRetryable: false }],
    ['gateway timeout', { reason: 'timed_out', maybeTaken: true }],
    ['bad gateway', { reason: 'unavailable', maybeTaken: true }],
    ['overloaded', { reason: 'unavailable', isRetryable: true, retryAfterMs: 2000 }],
    ['redirect', { reason: 'misconfigured' }],
    ['asks to be asked again', { reason: 'invalid' }],
    ['rate limit', { reason: 'rate_limited', isRetryable: true }],
  ] as const)('(%s) is told in our words after one request, streamed or not', async (behaviour, wanted) => {
    expect(await failureWhen(behaviour, 'text.structured')).toMatchObject(wanted);
    expect(await failureWhen(behaviour, 'text.stream')).toMatchObject(wanted);
    expect(wire.requests).toHaveLength(2);
  });

  it('is not waited for, however long it asks to wait', async () => {
    const patience = { is: 'error', status: 529, type: 'overloaded_error', message: 'Overloaded' } as const;
    const error = await failureWhen({ ...patience, headers: { 'retry-after': '3600' } }, 'image.describe');
    expect(error).toMatchObject({ reason: 'unavailable', retryAfterMs: 3_600_000 });
  });

  it('never carries the key into a log, though a gateway names it', async () => {
    const error = await failureWhen('names the key', 'text.structured');
    expect(error.detail).toContain('Received API Key = [key]');
  });
});

describe('an answer from Anthropic that breaks', () => {
  it.each(['JSON of another kind', 'JSON null', 'no body', 'HTML with 200'] as const)(
    '(%s) may have been billed: it is not safe to repeat',
    async (behaviour) => {
      for (const kind of ['text.structured', 'image.describe', 'text.stream'] as const) {
        const error = await failureWhen(behaviour, kind);
        expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true, isRetryable: false });
      }
      expect(wire.requests).toHaveLength(3);
    },
  );

  it('by an error in the midst of a stream comes after the words, and may have been billed', async () => {
    wire.usually('overloaded after words');
    const pieces: TextPiece[] = [];
    const error = await failureOf(collect(claude().stream(await aTextRequest('text.stream')), pieces));
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true, isRetryable: false });
    expect(error.detail).toContain('overloaded_error');
    expect(pieces).toEqual([{ type: 'delta', text: 'Snow falls ' }]);
    expect(wire.requests).toHaveLength(1);
  });

  it.each([
    ['overloaded at once', { reason: 'unavailable', maybeTaken: false, isRetryable: true }],
    [
      { is: 'error in the stream', when: 'at once', type: 'rate_limit_error', message: 'Slow down' },
      { reason: 'rate_limited', isRetryable: true },
    ],
    [
      { is: 'error in the stream', when: 'at once', type: 'billing_error', message: 'Pay' },
      { reason: 'misconfigured' },
    ],
    [
      { is: 'error in the stream', when: 'at once', type: 'unheard_of', message: 'Oh' },
      { reason: 'unavailable', maybeTaken: true },
    ],
  ] as const)('by an error before a stream begins is the status it would have been (%#)', async (behaviour, wanted) => {
    expect(await failureWhen(behaviour, 'text.stream')).toMatchObject(wanted);
  });
});
