import { createOutsideFetch } from '@repo/outbound/adapters';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type AzureOpenAiOptions,
  createAzureOpenAiModel,
  createOpenAiModel,
  type OpenAiOptions,
} from '../src/openai/index.server.ts';
import type { MediaRequest, Picture } from '../src/port.ts';
import type { OpenAiBehaviour, OpenAiBehaviourName } from '../src/testing/openai-behaviours.ts';
import { type OpenAiRecord, type OpenAiWire, startOpenAiWire } from '../src/testing/openai-wire.ts';
import { aRequest, failureOf, followToEnd } from './contract.ts';

let wire: OpenAiWire;
beforeEach(async () => {
  wire = await startOpenAiWire();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await wire.close();
});

const openAi = (options: Partial<OpenAiOptions> = {}) =>
  createOpenAiModel({ apiKey: wire.apiKey, baseUrl: wire.baseUrl, modelId: 'gpt-image-2.5-flare', ...options });
const azure = (options: Partial<AzureOpenAiOptions> = {}) =>
  createAzureOpenAiModel({
    endpoint: wire.origin,
    apiKey: wire.apiKey,
    deployment: 'our-painter',
    apiVersion: '2025-04-01-preview',
    ...options,
  });
const vendors = { openai: openAi, azure };
const BOTH = ['openai', 'azure'] as const;

type Told = OpenAiBehaviour | OpenAiBehaviourName;
const failureWhen = async (behaviour: Told, vendor: keyof typeof vendors = 'openai') => {
  wire.usually(behaviour);
  return failureOf(vendors[vendor]().start(await aRequest('image.create')));
};

const picture = async (width = 60, height = 40, background = '#e07020'): Promise<Picture> => ({
  bytes: await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer(),
  mimeType: 'image/png',
});
const create = (more: Partial<Extract<MediaRequest, { kind: 'image.create' }>> = {}): MediaRequest => ({
  kind: 'image.create',
  prompt: 'a cat',
  aspectRatio: '1:1',
  seed: 1,
  ...more,
});
const edit = async (more: Partial<Extract<MediaRequest, { kind: 'image.edit' }>> = {}): Promise<MediaRequest> => ({
  kind: 'image.edit',
  prompt: 'add snow',
  image: await picture(),
  seed: 1,
  ...more,
});
const pictureAsk = (record: OpenAiRecord | undefined) => {
  if (record?.asked.kind !== 'pictures') throw new Error('no picture was asked for');
  return record.asked;
};

describe('what is asked of OpenAI', () => {
  it('is the model, the key, the words and the very bytes of each picture, in order', async () => {
    const pictures = await Promise.all(['red', 'green', 'blue'].map((colour) => picture(60, 40, colour)));
    const [image, ...references] = pictures;
    await openAi().start(await edit({ image: image!, references }));

    const [request] = wire.requests;
    expect(request).toMatchObject({ vendor: 'openai', url: '/v1/images/edits', model: 'gpt-image-2.5-flare' });
    expect(request?.headers.authorization).toBe(`Bearer ${wire.apiKey}`);
    const { ask, uploads } = pictureAsk(request);
    expect(ask.prompt).toBe('add snow');
    expect(uploads.map(({ mimeType }) => mimeType)).toEqual(['image/png', 'image/png', 'image/png']);
    for (const [at, { bytes }] of uploads.entries()) expect(Buffer.from(bytes).equals(pictures[at]!.bytes)).toBe(true);
  });

  it('is an edit, too, when a new picture shall look like others', async () => {
    await openAi().start(create({ references: [await picture()] }));
    expect(wire.requests[0]?.url).toBe('/v1/images/edits');
    expect(pictureAsk(wire.requests[0])).toMatchObject({ ask: { size: '1024x1024' }, uploads: [{}] });
  });

  it.each([
    ['1:1', undefined, '1024x1024'],
    ['4:5', '1K', '1024x1280'],
    ['9:16', undefined, '864x1536'],
    ['16:9', '2K', '2048x1152'],
    ['9:16', '4K', '2160x3840'],
    ['3:2', '2K', '2016x1344'],
  ] as const)('has for %s in %s the size %s, which the vendor takes', async (aspectRatio, size, wanted) => {
    await openAi().start(create({ aspectRatio, ...(size && { size }) }));
    expect(pictureAsk(wire.requests[0]).ask.size).toBe(wanted);
  });

  it.each([
    [60, 40, undefined],
    [1080, 1920, undefined],
    [2000, 700, '2K'],
    [3840, 2160, '4K'],
    [777, 1001, undefined],
  ] as const)('keeps the shape of a picture of %i x %i in %s', async (width, height, size) => {
    await openAi().start(await edit({ image: await picture(width, height), ...(size && { size }) }));
    const [across, down] = pictureAsk(wire.requests[0]).ask.size!.split('x').map(Number);
    expect(across! / down! / (width / height)).toBeCloseTo(1, 1);
  });

  it('leaves the size to the model for a picture too long for any', async () => {
    await openAi().start(await edit({ image: await picture(400, 20) }));
    expect(pictureAsk(wire.requests[0]).ask.size).toBe('auto');
  });

  it.each([
    ['draft', 'low'],
    ['standard', 'medium'],
    ['high', 'high'],
    [undefined, undefined],
  ] as const)('has for the quality %s the word %s', async (quality, wanted) => {
    await openAi().start(create(quality && { quality }));
    expect(pictureAsk(wire.requests[0]).ask.quality).toBe(wanted);
  });

  it('has a style in its words, for the wire has no other place', async () => {
    await openAi().start(create({ style: 'poster' }));
    expect(pictureAsk(wire.requests[0]).ask.prompt).toMatch(/^a cat\n\n.*poster/);
  });

  it.each([
    ['a square of 4K', {}, create({ size: '4K' })],
    ['widescreen from a model with three sizes', { modelId: 'gpt-image-1.5' }, create({ aspectRatio: '16:9' })],
    ['2K from a model with three sizes', { sizes: 'three' }, create({ size: '2K' })],
  ] as const)('is never %s: it has no such size', async (_, options, request) => {
    const error = await failureOf(openAi(options).start(request));
    expect(error).toMatchObject({ reason: 'invalid', maybeTaken: false });
    expect(wire.requests).toEqual([]);
  });

  it('is one of three sizes where the model has no others', async () => {
    const model = openAi({ modelId: 'gpt-image-1-mini' });
    await model.start(create({ aspectRatio: '3:2' }));
    await model.start(await edit());
    expect(wire.requests.map((request) => pictureAsk(request).ask.size)).toEqual(['1536x1024', 'auto']);
  });

  it('is not asked with more pictures than it takes, nor with one that cannot be read', async () => {
    const one = await picture();
    const tooMany = await failureOf(openAi().start(await edit({ references: Array.from({ length: 16 }, () => one) })));
    expect(tooMany).toMatchObject({ reason: 'invalid', maybeTaken: false });
    for (const mimeType of ['image/avif', 'image/png']) {
      const image = { bytes: Buffer.from('no picture'), mimeType };
      expect(await failureOf(openAi().start(await edit({ image })))).toMatchObject({ reason: 'invalid' });
    }
    expect(wire.requests).toEqual([]);
  });

  it('carries the key of the request, as it is or as its fingerprint where no header could', async () => {
    await openAi().start(create(), { idempotencyKey: '0199-abc' });
    await openAi().start(create(), { idempotencyKey: 'Zürich\n夜' });
    await openAi().start(create());
    const keys = wire.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe('0199-abc');
    expect(keys[1]).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[2]).toBeUndefined();
  });
});

describe('what is asked of Azure OpenAI', () => {
  it.each(['', '/', '/openai', '/openai/v1/'])(
    'goes to the deployment, whether its endpoint ends in "%s"',
    async (end) => {
      await azure({ endpoint: wire.origin + end }).start(await edit());
      const [request] = wire.requests;
      expect(request?.url).toBe('/openai/deployments/our-painter/images/edits?api-version=2025-04-01-preview');
      expect(request?.headers['api-key']).toBe(wire.apiKey);
      expect(request?.headers.authorization).toBeUndefined();
      expect(pictureAsk(request).uploads).toHaveLength(1);
    },
  );

  it('is known by its deployment', () => {
    expect(azure().name).toBe('azure/our-painter');
    expect(openAi().name).toBe('openai/gpt-image-2.5-flare');
  });
});

describe('the environment', () => {
  it.each(BOTH)('has no say in what is sent to %s, nor where', async (vendor) => {
    const other = await startOpenAiWire();
    for (const name of ['OPENAI_BASE_URL', 'AZURE_OPENAI_ENDPOINT']) vi.stubEnv(name, other.baseUrl);
    for (const name of ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'AZURE_OPENAI_API_KEY']) vi.stubEnv(name, 'sk-foreign');
    for (const name of ['OPENAI_ORG_ID', 'OPENAI_PROJECT_ID']) vi.stubEnv(name, 'foreign');
    vi.stubEnv('OPENAI_API_VERSION', '1999-01-01');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'Authorization: Bearer sk-foreign\napi-key: sk-foreign\nx-foreign: yes');
    vi.stubEnv('OPENAI_LOG', 'debug');
    const logged = vi.spyOn(console, 'debug').mockImplementation(() => {});

    expect((await vendors[vendor]().start(create())).state).toBe('done');
    expect(JSON.stringify(wire.requests[0])).not.toMatch(/foreign|1999/);
    expect(other.requests).toEqual([]);
    expect(logged).not.toHaveBeenCalled();
    await other.close();
  });
});

describe('a picture from OpenAI', () => {
  it('is the edited one, with what it took', async () => {
    const done = await followToEnd(openAi(), await edit());
    const [red, green, blue] = await sharp(done.outputs[0]!.bytes).raw().toBuffer();
    expect([red, green, blue]).toEqual([255 - 0xe0, 255 - 0x70, 255 - 0x20]);
    expect(done.usage).toEqual({ images: 1, inputTokens: 50, outputTokens: 4160 });
    expect(done.text).toBeUndefined();
  });

  it.each(BOTH)('of %s is fetched where it lies, without the key, and its words come along', async (vendor) => {
    wire.next('success behind an address');
    const done = await followToEnd(vendors[vendor](), create());
    expect((await sharp(done.outputs[0]!.bytes).metadata()).format).toBe('png');
    expect(done.text).toBe('A night full of snow.');
    expect(wire.downloads).toHaveLength(1);
    expect(JSON.stringify(wire.downloads[0])).not.toContain(wire.apiKey);
    expect(wire.downloads[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['is gone', { file: 'gone' }, 'unavailable', /could not be fetched: status 404$/],
    ['is moved to where nobody looked', { file: 'redirects' }, 'unavailable', /could not be fetched: status 302$/],
    ['is a web page', { file: 'is a web page' }, 'unavailable', /no picture/],
    ['comes only in part', { file: 'stalls' }, 'timed_out', /ended by stall/],
    ['lies on our own disk', { url: 'file:///etc/passwd' }, 'unavailable', /not http/],
    ['lies behind plain http', { url: 'http://films.example/x.png?sig=granted' }, 'unavailable', /https/],
    ['lies inside', { url: 'https://127.0.0.1/x.png?sig=granted' }, 'unavailable', /not on the public internet/],
    ['lies on a port inside', { url: 'https://10.0.0.5:9200/x.png?sig=granted' }, 'unavailable', /Port 9200/],
    ['lies where machines tell of themselves', { url: 'https://169.254.169.254/latest' }, 'unavailable', /not on the/],
    ['wants to know a password', { url: 'http://me:secret@127.0.0.1:9/x.png' }, 'unavailable', /not http/],
  ] as const)('that %s is paid for all the same: not safe to repeat', async (_, how, reason, detail) => {
    wire.usually({ is: 'success', as: 'url', ...how });
    const error = await failureOf(openAi({ timeouts: { stallMs: 200 } }).start(create()));
    expect(error).toMatchObject({ reason, maybeTaken: true, isRetryable: false });
    expect(error.detail).toMatch(detail);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/granted|secret|passwd/);
    expect(wire.requests).toHaveLength(1);
  });

  it('on another host is asked for only by the guarded way out, and not where that leads on to', async () => {
    const stranger = await startOpenAiWire();
    const port = Number(new URL(stranger.origin).port);
    const outside = createOutsideFetch({ allowed: [{ hostname: '127.0.0.1', port }] });
    for (const file of [undefined, 'redirects'] as const) {
      stranger.usually({ is: 'success', as: 'url', ...(file && { file }) });
      // It lies on the stranger: nothing but an answer of theirs names where.
      await openAi({ baseUrl: stranger.baseUrl, apiKey: stranger.apiKey })
        .start(create())
        .catch(() => {});
      const url = `${stranger.origin}${stranger.downloads.at(-1)!.url}`;
      wire.usually({ is: 'success', as: 'url', url });
      const asked = stranger.downloads.length;
      expect(await failureOf(openAi().start(create()))).toMatchObject({ reason: 'unavailable', maybeTaken: true });
      expect(stranger.downloads).toHaveLength(asked);
      const end = openAi({ outside }).start(create());
      if (file) expect((await failureOf(end)).detail).toMatch(/could not be fetched: status 302$/);
      else expect(await end).toMatchObject({ state: 'done', outputs: [{ mimeType: 'image/png' }] });
      expect(stranger.downloads).toHaveLength(asked + 1);
    }
    await stranger.close();
  });

  it('is let go of in the midst of its download when the caller gives up', async () => {
    wire.usually({ is: 'success', as: 'url', file: 'stalls' });
    const caller = new AbortController();
    const failure = failureOf(openAi().start(create(), { signal: caller.signal }));
    await vi.waitUntil(() => wire.downloads.length > 0);
    caller.abort();
    expect(await failure).toMatchObject({ reason: 'timed_out', maybeTaken: true });
  });

  it('that Azure’s filter left out is a refusal, and what the model meant to paint is told', async () => {
    const error = await failureWhen('picture left out by the filter', 'azure');
    expect(error).toMatchObject({ reason: 'refused', detail: 'filtered: violence', said: 'A fight.' });
  });

  it('is never pending', async () => {
    expect(await failureOf(openAi().poll('anything'))).toMatchObject({ reason: 'invalid' });
  });
});

describe('a status from OpenAI or Azure', () => {
  const TOLD = [
    ['refused picture', { reason: 'refused', maybeTaken: false, isRetryable: false }],
    ['refused prompt', { reason: 'refused', isRetryable: false }],
    ['bad request', { reason: 'invalid', maybeTaken: false }],
    ['request too large', { reason: 'invalid', isRetryable: false }],
    ['spent quota', { reason: 'misconfigured', isRetryable: false, retryAfterMs: undefined }],
    ['billing limit', { reason: 'misconfigured', isRetryable: false }],
    ['unverified organization', { reason: 'misconfigured' }],
    ['wrong operation', { reason: 'misconfigured' }],
    ['gateway without our words', { reason: 'misconfigured' }],
    ['redirect', { reason: 'misconfigured' }],
    ['rate limit in words', { reason: 'rate_limited', retryAfterMs: 67_500, isRetryable: true }],
    ['rate limit that asks for a retry', { reason: 'rate_limited', retryAfterMs: 1, isRetryable: true }],
    ['same key twice', { reason: 'unavailable', maybeTaken: true, isRetryable: false }],
    ['bad gateway', { reason: 'unavailable', maybeTaken: true, isRetryable: false }],
    ['gateway timeout', { reason: 'timed_out', maybeTaken: true, isRetryable: false }],
  ] as const;
  describe.each(BOTH)('%s', (vendor) => {
    it.each(TOLD)('(%s) is told in our words after one request', async (behaviour, wanted) => {
      const error = await failureWhen(behaviour, vendor);
      expect(error).toMatchObject({ ...wanted, provider: vendor });
      expect(wire.requests).toHaveLength(1);
    });
  });

  it('says in which category Azure’s filter put the prompt', async () => {
    expect((await failureWhen('refused prompt', 'azure')).detail).toMatch(/content management policy.*\(sexual\)$/);
    expect((await failureWhen('refused picture', 'azure')).detail).toMatch(/safety system.*\(violence\)$/);
  });

  it('never carries the key into a log, though the vendor names it', async () => {
    const error = await failureOf(openAi({ apiKey: 'sk-wrong-42' }).start(create()));
    expect(error.detail).toContain('Incorrect API key provided: [key].');
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('sk-wrong-42');
  });

  it('does not carry the key to another host by a redirect', async () => {
    const other = await startOpenAiWire();
    const headers = { location: `${other.baseUrl}/images/generations` };
    await failureWhen({ is: 'raw', status: 307, body: '', headers });
    expect(other.requests).toEqual([]);
    await other.close();
  });
});

describe('an answer with 200 that is none', () => {
  it.each([
    'HTML with 200',
    'JSON of another kind',
    'JSON null',
    'empty body',
    'truncated JSON',
    'bytes that are no image',
  ] as const)('(%s) may have been billed: it is not safe to repeat', async (behaviour) => {
    const error = await failureWhen(behaviour);
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true, isRetryable: false });
    expect(wire.requests).toHaveLength(1);
  });

  it.each([
    [
      { message: 'Upstream failed.', code: 502 },
      { reason: 'unavailable', maybeTaken: true, detail: 'Upstream failed.' },
    ],
    [
      { message: 'Slow down.', code: 429 },
      { reason: 'rate_limited', maybeTaken: true },
    ],
    [
      { message: 'No.', code: 'content_policy_violation' },
      { reason: 'refused', maybeTaken: false },
    ],
    ['out of order', { reason: 'unavailable', maybeTaken: true, detail: 'out of order' }],
  ])('but the error %j of a gateway is told for what it is', async (error, wanted) => {
    expect(await failureWhen({ is: 'raw', body: JSON.stringify({ error }) })).toMatchObject(wanted);
  });

  it('is cut off when it is huge, not held in memory', async () => {
    const error = await failureWhen('huge body');
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: true, detail: 'the answer was too large' });
    expect(await wire.requests[0]?.leftEarly).toBe(true);
  });
});

describe('access that cannot work', () => {
  it.each(['secret\nkey', ''])(
    'because of the key %j is the operator’s to mend, and the key is not told',
    async (apiKey) => {
      for (const model of [openAi({ apiKey }), azure({ apiKey })]) {
        const error = await failureOf(model.start(create()));
        expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
        expect(`${error.message} ${String(error.cause)}`).not.toContain('secret');
      }
      expect(wire.requests).toEqual([]);
    },
  );

  it('because of an address that is none is the operator’s to mend', async () => {
    for (const model of [openAi({ baseUrl: 'nowhere' }), azure({ endpoint: 'nowhere' }), azure({ apiVersion: '' })])
      expect(await failureOf(model.start(create()))).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
  });
});
