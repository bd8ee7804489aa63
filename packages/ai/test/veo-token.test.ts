import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ProviderError } from '../src/port.ts';
import { startVeoWire, type VeoWire } from '../src/testing/veo-wire.ts';
import { createVeoModel, type VeoOptions } from '../src/veo/index.server.ts';
import { aRequest, failureOf, followToEnd } from './contract.ts';
import { aFilm } from './veo-film.ts';

let wire: VeoWire;
beforeEach(async () => {
  wire = await startVeoWire({ film: aFilm() });
});
afterEach(() => wire.close());

const veo = (options: Partial<VeoOptions> = {}) => {
  const { project, location, baseUrl, serviceAccount } = wire;
  const credentials = { serviceAccount };
  return createVeoModel({ project, location, baseUrl, modelId: 'veo-3.1', credentials, ...options });
};
const start = async (options: Partial<VeoOptions> = {}) => veo(options).start(await aRequest('video.create'));
const failureWith = (options: Partial<VeoOptions> = {}): Promise<ProviderError> => failureOf(start(options));

const aFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veo-token-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

describe('the access token of Veo', () => {
  it('is asked for once with the key of the service account, at the address the key names, and used for every call', async () => {
    await followToEnd(veo(), await aRequest('video.create'));
    expect(wire.tokens.requests).toMatchObject([
      { path: '/token', body: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer' } },
    ]);
    const used = [...wire.submits.requests, ...wire.polls.requests].map(({ token }) => token);
    expect(used).toHaveLength(3);
    expect(new Set(used).size).toBe(1);
    expect(used[0]).not.toBe(wire.accessToken);
  });

  it('is got with a key file, and with a key whose line breaks an environment variable spelt out', async () => {
    const serviceAccountFile = join(await aFolder(), 'key.json');
    await writeFile(serviceAccountFile, JSON.stringify(wire.serviceAccount));
    await start({ credentials: { serviceAccountFile } });
    const private_key = wire.serviceAccount.private_key.replaceAll('\n', '\\n');
    await start({ credentials: { serviceAccount: { ...wire.serviceAccount, private_key } } });
    expect(wire.taken).toHaveLength(2);
  });

  it('is one for all calls that wait for it', async () => {
    const model = veo();
    const request = await aRequest('video.create');
    await Promise.all(Array.from({ length: 5 }, () => model.start(request)));
    expect(wire.tokens.requests).toHaveLength(1);
    expect(wire.taken).toHaveLength(5);
  });

  it('is asked for again shortly before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const model = veo();
    const request = await aRequest('video.create');
    const seen: number[] = [];
    for (const seconds of [0, 3500, 50, 3500]) {
      vi.setSystemTime(Date.now() + seconds * 1000);
      await model.start(request);
      seen.push(wire.tokens.requests.length);
    }
    expect(seen).toEqual([1, 1, 2, 2]);
  });

  it('is asked for anew once when it is refused: nobody notices', async () => {
    const model = veo();
    await model.start(await aRequest('video.create'));
    wire.revokeTokens();
    expect((await model.start(await aRequest('video.create'))).state).toBe('pending');
    expect(wire.tokens.requests).toHaveLength(2);
    expect(wire.submits.requests).toHaveLength(3);
    expect(wire.taken).toHaveLength(2);
  });

  it('is not asked for without end when every token is refused', async () => {
    wire.submits.usually('unauthenticated');
    expect(await failureWith()).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
    expect(wire.submits.requests).toHaveLength(2);
    expect(wire.tokens.requests).toHaveLength(2);
  });

  it('that was given outright is used as it is, and no other is to be had', async () => {
    const credentials = { accessToken: `${wire.accessToken}\n` };
    expect((await start({ credentials })).state).toBe('pending');
    wire.revokeTokens();
    expect(await failureWith({ credentials })).toMatchObject({ reason: 'misconfigured' });
    expect(wire.submits.requests).toHaveLength(2);
    expect(wire.tokens.requests).toEqual([]);
  });

  it('comes from the machine itself when that is what it is signed in as', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
    vi.stubEnv('HOME', await aFolder());
    vi.stubEnv('CLOUDSDK_CONFIG', '');
    vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
    vi.stubEnv('GCE_METADATA_HOST', wire.origin);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await start({ credentials: { adc: true } })).state).toBe('pending');
    expect(wire.tokens.requests[0]?.path).toMatch(/^\/computeMetadata\/v1\/.*\/token/);
  });
});

describe('an access token that cannot be had', () => {
  it.each([
    ['an address where nobody listens', async () => ({ token_uri: 'http://127.0.0.1:9/token' })],
    ['an address that has no host', async () => ({ token_uri: 'http://tokens.invalid/token' })],
    ['a server that breaks', async () => void wire.tokens.usually('server error')],
    ['a server that is overloaded', async () => void wire.tokens.usually('overloaded')],
    ['a server that limits the rate', async () => void wire.tokens.usually('rate limit')],
    ['a server that hangs', async () => void wire.tokens.usually('stall before headers')],
    ['a server that stalls', async () => void wire.tokens.usually('stall mid-body')],
    ['a server that hangs up', async () => void wire.tokens.usually('reset before headers')],
    ['a server that never ends', async () => void wire.tokens.usually('huge body')],
  ])('because of %s is no fault of the request: nothing was sent, it may be tried again', async (_, arrange) => {
    const account = { ...wire.serviceAccount, ...(await arrange()) };
    const error = await failureWith({ credentials: { serviceAccount: account }, tokenTimeoutMs: 600 });
    expect(error).toMatchObject({ reason: 'unavailable', maybeTaken: false, isRetryable: true });
    expect(error.detail).toMatch(/^no access token: /);
    expect(wire.submits.requests).toEqual([]);
    expect(wire.tokens.requests.length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['a key that is not the account’s', { private_key: 'no key' }],
    ['a key that is missing', { private_key: '' }],
    ['an account nobody knows', { client_email: 'stranger@test-project.iam.gserviceaccount.com' }],
    ['credentials of another type', { type: 'impersonated_service_account' }],
  ])('because of %s is the operator’s to mend', async (_, wrong) => {
    const error = await failureWith({ credentials: { serviceAccount: { ...wire.serviceAccount, ...wrong } } });
    expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false, isRetryable: false });
    expect(wire.submits.requests).toEqual([]);
  });

  it.each([
    ['web page', 'misconfigured'],
    ['empty object', 'misconfigured'],
    ['forbidden', 'misconfigured'],
    ['redirect', 'misconfigured'],
  ] as const)('because its giver answers with something else (%s) is %s', async (behaviour, reason) => {
    wire.tokens.usually(behaviour);
    expect(await failureWith()).toMatchObject({ reason, maybeTaken: false });
  });

  it('because no file is there, or none that is JSON, is the operator’s to mend, and no part of the key is told', async () => {
    const folder = await aFolder();
    const broken = join(folder, 'broken.json');
    await writeFile(broken, wire.serviceAccount.private_key);
    for (const serviceAccountFile of [join(folder, 'none.json'), broken, folder]) {
      const error = await failureWith({ credentials: { serviceAccountFile } });
      expect(error).toMatchObject({ reason: 'misconfigured' });
      expect(inspect(error, { depth: 8, showHidden: true })).not.toContain('PRIVATE');
    }
  });

  it('because nobody is signed in on this machine is the operator’s to mend', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '');
    vi.stubEnv('HOME', await aFolder());
    vi.stubEnv('CLOUDSDK_CONFIG', '');
    vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await failureWith({ credentials: { adc: true } })).toMatchObject({ reason: 'misconfigured' });
  });

  it('because it holds a line break is the operator’s to mend, and it is not told', async () => {
    const error = await failureWith({ credentials: { accessToken: 'secret\ntoken' } });
    expect(error).toMatchObject({ reason: 'misconfigured', maybeTaken: false });
    expect(inspect(error, { depth: 8, showHidden: true })).not.toContain('secret');
  });

  it('does not keep a caller who gives up, nor spoil the token for the others', async () => {
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    wire.tokens.next({ is: 'well', until });
    const model = veo();
    const request = await aRequest('video.create');
    const caller = new AbortController();
    const failure = failureOf(model.start(request, { signal: caller.signal }));
    const other = model.start(request);
    await wire.tokens.arrival(1);
    caller.abort();
    expect(await failure).toMatchObject({ reason: 'unavailable', maybeTaken: false });
    release();
    expect((await other).state).toBe('pending');
    expect(wire.tokens.requests).toHaveLength(1);
    expect(wire.taken).toHaveLength(1);
  });

  it('while a film is being made loses nothing: the next poll goes on', async () => {
    const model = veo();
    const begun = await model.start(await aRequest('video.create'));
    if (begun.state !== 'pending') throw new Error('nothing to poll');
    wire.revokeTokens();
    wire.tokens.next('overloaded', 'overloaded');
    expect(await failureOf(model.poll(begun.ref))).toMatchObject({
      reason: 'unavailable',
      isLost: false,
      isOver: false,
    });
    expect((await model.poll(begun.ref)).state).toBe('pending');
  });

  it('tells no secret: neither the key, nor what was signed with it, nor a token', async () => {
    wire.tokens.usually('forbidden');
    const error = await failureWith();
    const told = inspect(error, { depth: 8, showHidden: true });
    const assertion = (wire.tokens.requests[0]!.body as Record<string, string>)['assertion']!;
    for (const secret of [wire.serviceAccount.private_key.slice(40, 80), assertion, assertion.split('.')[2]!]) {
      expect(told).not.toContain(secret);
    }
  });
});
