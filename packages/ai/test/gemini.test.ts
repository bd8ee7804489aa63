import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainCall } from '../src/call/explain-call.ts';
import { createGeminiModel, type GeminiOptions } from '../src/gemini/index.server.ts';
import type { MediaRequest } from '../src/port.ts';
import {
  type GeminiBehaviour,
  type GeminiBehaviourName,
  type GeminiWire,
  startGeminiWire,
} from '../src/testing/index.ts';
import { aRequest, failureOf, followToEnd } from './contract.ts';

let wire: GeminiWire;
beforeEach(async () => {
  wire = await startGeminiWire();
});
afterEach(() => wire.close());

const gemini = (options: Partial<GeminiOptions> = {}) =>
  createGeminiModel({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, modelId: 'gemini-3.1-flash-image', ...options });

const squares = (count: number) =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => ({
      bytes: await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: at, g: 9, b: 9 } } })
        .png()
        .toBuffer(),
      mimeType: 'image/png',
    })),
  );

const failureWhen = async (behaviour: GeminiBehaviour | GeminiBehaviourName, options: Partial<GeminiOptions> = {}) => {
  wire.next(behaviour);
  return failureOf(gemini(options).start(await aRequest('image.edit')));
};

describe('what is asked of Gemini', () => {
  it('is the model, the key, the words and the very bytes of the picture', async () => {
    const request = (await aRequest('image.edit')) as Extract<MediaRequest, { kind: 'image.edit' }>;
    await gemini().start(request);

    const [asked] = wire.requests;
    expect(asked).toMatchObject({ model: 'gemini-3.1-flash-image', apiKey: 'test-key', prompt: request.prompt });
    expect(asked?.image?.mimeType).toBe('image/png');
    expect(Buffer.from(asked!.image!.bytes).equals(request.image.bytes)).toBe(true);
    expect(asked?.body.generationConfig).toMatchObject({ seed: 7, responseModalities: ['TEXT', 'IMAGE'] });
  });

  it('has the shape that was chosen when nothing is there to edit', async () => {
    await gemini().start({ kind: 'image.create', prompt: 'a cat', aspectRatio: '9:16', seed: 1 });
    expect(wire.requests[0]).toMatchObject({ prompt: 'a cat', aspectRatio: '9:16', image: undefined });
  });

  it('takes any seed, though the wire takes 31 bits', async () => {
    for (const seed of [2 ** 40, -3, 1.5])
      await gemini().start({ kind: 'image.create', prompt: 'x', aspectRatio: '1:1', seed });
    expect(wire.requests.map(({ body }) => body.generationConfig?.seed)).toEqual([0, 3, 1]);
  });

  it('is shrunk where a picture is too large for a request, and turned to a type that is taken', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const large = await sharp({ create: { width: 3200, height: 400, channels: 3, background: 'red', noise } })
      .toColourspace('rgb16')
      .png({ compressionLevel: 0 })
      .toBuffer();
    const avif = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .avif()
      .toBuffer();
    for (const image of [
      { bytes: large, mimeType: 'image/png' },
      { bytes: avif, mimeType: 'image/avif' },
    ]) {
      await gemini().start({ kind: 'image.edit', prompt: 'x', seed: 1, image });
    }
    const sent = await Promise.all(wire.requests.map(({ image }) => sharp(image!.bytes).metadata()));
    expect(sent.map(({ format, width, height }) => [format, width, height])).toEqual([
      ['webp', 3072, 384],
      ['webp', 30, 20],
    ]);
    expect(wire.requests[0]!.image!.bytes.byteLength).toBeLessThan(7 * 1024 * 1024);
  });

  it('has every further picture, in order, after the one that is edited', async () => {
    const request = (await aRequest('image.edit')) as Extract<MediaRequest, { kind: 'image.edit' }>;
    const references = await squares(13);
    await gemini().start({ ...request, references });
    const sent = wire.requests[0]?.images.map(({ bytes }) => Buffer.from(bytes).toString('base64'));
    const wanted = [request.image, ...references].map(({ bytes }) => Buffer.from(bytes).toString('base64'));
    expect(sent).toEqual(wanted);
    expect(new Set(sent).size).toBe(14);
  });

  it('is not asked at all with more pictures than it looks at', async () => {
    const edit = (await aRequest('image.edit')) as Extract<MediaRequest, { kind: 'image.edit' }>;
    const create = await aRequest('image.create');
    for (const [request, count] of [
      [edit, 14],
      [create, 15],
    ] as const) {
      const error = await failureOf(gemini().start({ ...request, references: await squares(count) } as MediaRequest));
      expect(error).toMatchObject({ reason: 'invalid', detail: '15 pictures: this model looks at 14 at most' });
    }
    expect(wire.requests).toEqual([]);
  });

  it('stays within what a request may hold, however large its pictures are', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const bytes = await sharp({ create: { width: 740, height: 720, channels: 3, background: 'red', noise } })
      .toColourspace('rgb16')
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect(bytes.toString('base64').length * 5).toBeGreaterThan(20 * 1024 * 1024);
    const references = Array.from({ length: 5 }, () => ({ bytes, mimeType: 'image/png' }));
    await gemini().start({ kind: 'image.create', prompt: 'x', aspectRatio: '1:1', seed: 1, references });
    expect(wire.requests[0]?.images).toHaveLength(5);
    expect(wire.requests[0]!.text.length).toBeLessThan(20 * 1024 * 1024);
  });

  it('carries shape and size in their fields, and in words what has no field', async () => {
    const request = (await aRequest('image.edit')) as Extract<MediaRequest, { kind: 'image.edit' }>;
    await gemini().start({ ...request, aspectRatio: '9:16', size: '4K', style: 'painting', quality: 'high' });
    expect(wire.requests[0]?.body.generationConfig?.imageConfig).toEqual({ aspectRatio: '9:16', imageSize: '4K' });
    expect(wire.requests[0]?.prompt).toBe(`${request.prompt}\n\nMake it a painting. Work out every detail.`);

    await gemini().start(request);
    expect(wire.requests[1]?.body.generationConfig).not.toHaveProperty('imageConfig');
    expect(wire.requests[1]?.prompt).toBe(request.prompt);
  });

  it('is not asked at all with a picture that cannot be read', async () => {
    const image = { bytes: Buffer.from('no picture'), mimeType: 'image/avif' };
    const error = await failureOf(gemini().start({ kind: 'image.edit', prompt: 'x', seed: 1, image }));
    expect(error).toMatchObject({ reason: 'invalid', maybeTaken: false });
    expect(wire.requests).toEqual([]);
  });
});

describe('a picture from Gemini', () => {
  it('is the edited one, not the draft among its thoughts, and its words come along', async () => {
    wire.next('success with thoughts and words');
    const done = await followToEnd(gemini(), await aRequest('image.edit'));

    expect(done.outputs).toHaveLength(1);
    const [red, green, blue] = await sharp(done.outputs[0]!.bytes).raw().toBuffer();
    expect([red, green, blue]).toEqual([255 - 0xe0, 255 - 0x70, 255 - 0x20]);
    expect(done.text).toBe('I made it snow.');
    expect(done.usage).toEqual({ images: 1, inputTokens: 270, outputTokens: 1300 });
  });

  it('has the type of its bytes, whatever Google calls them', async () => {
    const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    wire.next({ is: 'success', image: jpeg, mimeType: 'image/png' });
    const done = await followToEnd(gemini(), await aRequest('image.create'));
    expect(done.outputs[0]?.mimeType).toBe('image/jpeg');
    expect(done.text).toBeUndefined();
  });

  it('may take its time between headers and end, as long as something comes', async () => {
    let release = () => {};
    wire.next({
      is: 'success',
      until: new Promise<void>((resolve) => {
        release = resolve;
      }),
    });
    const progress: [number, string][] = [];
    const started = gemini().start(await aRequest('image.create'), { onProgress: (...step) => progress.push(step) });
    await wire.arrival(1);
    expect(progress).toEqual([[0, 'Waiting for the model']]);
    release();
    expect((await started).state).toBe('done');
  });

  it('is paid for once though the answer invites to be continued', async () => {
    wire.next('continuing success');
    expect((await gemini().start(await aRequest('image.create'))).state).toBe('done');
    expect(wire.requests).toHaveLength(1);
  });

  it('is never pending', async () => {
    expect(await failureOf(gemini().poll('anything'))).toMatchObject({ reason: 'invalid' });
  });
});

describe('an OK from Gemini without a picture', () => {
  it.each([
    ['image safety', 'refused', 'IMAGE_SAFETY'],
    ['prohibited content', 'refused', 'PROHIBITED_CONTENT'],
    ['recitation', 'refused', 'IMAGE_RECITATION'],
    ['blocked prompt', 'refused', 'PROHIBITED_CONTENT'],
    ['no image', 'empty', 'NO_IMAGE'],
    ['polite words', 'empty', 'May I suggest a cat?'],
    ['nothing', 'empty', 'no finish reason'],
  ] as const)('(%s) is %s, with its words kept', async (behaviour, reason, words) => {
    const error = await failureWhen(behaviour);
    expect(error).toMatchObject({ reason, maybeTaken: false, isRetryable: false });
    expect(error.detail).toContain(words);
  });

  it('is refused even when words explain it', async () => {
    expect(await failureWhen({ is: 'no picture', finishReason: 'SAFETY', text: 'I cannot do that.' })).toMatchObject({
      reason: 'refused',
      detail: 'SAFETY: I cannot do that.',
      said: 'I cannot do that.',
    });
  });

  it('offers what the model said instead', async () => {
    expect((await failureWhen('polite words')).said).toBe('I would rather not paint that. May I suggest a cat?');
    expect((await failureWhen('no image')).said).toBeUndefined();
  });
});

describe('a status from Gemini', () => {
  it.each([
    ['bad request', { reason: 'invalid', maybeTaken: false }],
    ['bad key', { reason: 'misconfigured' }],
    ['no billing', { reason: 'misconfigured' }],
    ['unauthenticated', { reason: 'misconfigured' }],
    ['forbidden', { reason: 'misconfigured' }],
    ['model retired', { reason: 'misconfigured' }],
    ['redirect', { reason: 'misconfigured' }],
    ['request timeout', { reason: 'timed_out', maybeTaken: true }],
    ['deadline exceeded', { reason: 'timed_out', maybeTaken: true }],
    ['rate limit', { reason: 'rate_limited', retryAfterMs: undefined, isRetryable: true }],
    ['rate limit with retry-after', { reason: 'rate_limited', retryAfterMs: 7000, isRetryable: true }],
    ['rate limit with retry info', { reason: 'rate_limited', retryAfterMs: 34_500, isRetryable: true }],
    ['daily quota', { reason: 'misconfigured', isRetryable: false }],
    ['no quota', { reason: 'misconfigured', isRetryable: false }],
    ['internal error', { reason: 'unavailable', maybeTaken: false, isRetryable: true }],
    ['overloaded', { reason: 'unavailable', maybeTaken: false, isRetryable: true }],
    ['bad gateway', { reason: 'unavailable', maybeTaken: true, isRetryable: false }],
  ] as const)('(%s) is told in our words after one request', async (behaviour, wanted) => {
    wire.usually(behaviour);
    expect(await failureWhen(behaviour)).toMatchObject(wanted);
    expect(wire.requests).toHaveLength(1);
  });

  it('may name a date to wait for', async () => {
    const retryAfter = new Date(Date.now() + 3_600_000).toUTCString();
    const error = await failureWhen({
      is: 'error',
      status: 429,
      code: 'RESOURCE_EXHAUSTED',
      message: 'Later.',
      retryAfter,
    });
    expect(error.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  it('is still told when its error page is no JSON', async () => {
    const error = await failureWhen({ is: 'raw', status: 503, contentType: 'application/json', body: '<html>' });
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: false });
  });

  it('never carries the key into a log, though Google names it', async () => {
    const error = await failureWhen('forbidden');
    expect(error.detail).toContain("'api_key:[key]' has been suspended");
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('test-key');
  });

  it('does not carry the key to another host by a redirect', async () => {
    const other = await startGeminiWire();
    wire.next({
      is: 'raw',
      status: 307,
      body: '',
      headers: { location: `${other.baseUrl}/v1/models/x:generateContent` },
    });
    await failureOf(gemini().start(await aRequest('image.create')));
    expect(other.requests).toEqual([]);
    await other.close();
  });
});

describe('an answer from Gemini that breaks', () => {
  it.each([
    ['reset before headers', { reason: 'unavailable', maybeTaken: true }],
    ['reset mid-body', { reason: 'unavailable', maybeTaken: true }],
    ['truncated JSON', { reason: 'unavailable', maybeTaken: true }],
    ['HTML with 200', { reason: 'unavailable', maybeTaken: true }],
    ['JSON of another kind', { reason: 'unavailable', maybeTaken: true }],
    ['JSON null', { reason: 'unavailable', maybeTaken: true }],
    ['bytes that are no image', { reason: 'unavailable', maybeTaken: true }],
  ] as const)('(%s) may have been billed: it is not safe to repeat', async (behaviour, wanted) => {
    wire.usually(behaviour);
    expect(await failureWhen(behaviour)).toMatchObject({ ...wanted, isRetryable: false });
    expect(wire.requests).toHaveLength(1);
  });

  it('by stalling before its headers times out, and the connection is let go', async () => {
    const error = await failureWhen('stall before headers', { timeouts: { firstByteMs: 100 } });
    expect(error).toMatchObject({ reason: 'timed_out', maybeTaken: true, detail: 'ended by first byte' });
    expect(await wire.requests[0]?.leftEarly).toBe(true);
  });

  it('by stalling in the middle of its body times out, and the connection is let go', async () => {
    const error = await failureWhen('stall mid-body', { timeouts: { stallMs: 100 } });
    expect(error).toMatchObject({ reason: 'timed_out', maybeTaken: true, detail: 'ended by stall' });
    expect(await wire.requests[0]?.leftEarly).toBe(true);
  });

  it('by never ending meets the deadline of the whole call', async () => {
    const error = await failureWhen('stall mid-body', { timeouts: { totalMs: 150 } });
    expect(error).toMatchObject({ reason: 'timed_out', maybeTaken: true, detail: 'ended by deadline' });
  });

  it('by being huge is cut off, not held in memory', async () => {
    const error = await failureWhen('huge body');
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true, detail: 'the answer was too large' });
    expect(await wire.requests[0]?.leftEarly).toBe(true);
  });
});

describe('a Gemini that cannot be reached', () => {
  it('took nothing: it is safe to try again', async () => {
    const gone = await startGeminiWire();
    await gone.close();
    const error = await failureOf(gemini({ baseUrl: gone.baseUrl }).start(await aRequest('image.create')));
    expect(error).toMatchObject({
      reason: 'unavailable',
      maybeTaken: false,
      isRetryable: true,
      detail: 'ECONNREFUSED',
    });
  });

  it('because its name is unknown took nothing either', async () => {
    const error = await failureOf(gemini({ baseUrl: 'http://gemini.invalid' }).start(await aRequest('image.create')));
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: false });
  });

  it('at any of its addresses took nothing, but a connection that timed out later may have', () => {
    const timedOut = (syscall: string) => Object.assign(new Error('timed out'), { code: 'ETIMEDOUT', syscall });
    const tries = Object.assign(new AggregateError([timedOut('connect'), timedOut('connect')]), { code: 'ETIMEDOUT' });
    const explain = (cause: Error) =>
      explainCall('google', new TypeError('fetch failed', { cause }), { sent: true }, () => {
        throw new Error('there was no status');
      });
    expect(explain(tries)).toMatchObject({ reason: 'unavailable', maybeTaken: false });
    expect(explain(timedOut('read'))).toMatchObject({ reason: 'unavailable', maybeTaken: true });
  });

  it('because the key has a line break is the operator’s to mend, and the key is not told', async () => {
    const error = await failureOf(gemini({ apiKey: 'secret\nkey' }).start(await aRequest('image.create')));
    expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
    expect(`${error.message} ${String(error.cause)}`).not.toContain('secret');
  });
});
