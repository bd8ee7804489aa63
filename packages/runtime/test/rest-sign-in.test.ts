import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answerApi } from '../src/answer-api.server.ts';
import { isKnownAsker } from '../src/remix/is-known-asker.ts';
import { toolbox } from '../src/tools.server.ts';
import { aBrowser, aPerson } from './accounts-house.ts';
import { aHouse, ask, type House } from './http-house.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'rest-sign-in-'))]);
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('SESSION_SECRET', 'a-secret-of-the-tests-with-32-characters');
  vi.stubEnv('ENCRYPTION_KEYS', '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=');
  vi.stubEnv('DATA_DIR', folder);
});
afterAll(async () => {
  await toolbox().close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

type Call = { token?: string; json?: object; headers?: Record<string, string>; body?: string };

async function call(house: House, method: string, path: string, { token, json, headers, body }: Call = {}) {
  const answer = await ask(house, `/api/v1${path}`, {
    method,
    headers: {
      ...(json ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(json || body ? { body: body ?? JSON.stringify(json) } : {}),
  });
  return { ...answer, body: answer.text ? JSON.parse(answer.text) : null };
}

/** Somebody with an account, and how they sign in. */
async function somebody() {
  const person = aPerson();
  const browser = aBrowser();
  browser.take(await toolbox().accounts.signUp(browser.request(), person));
  return { ...person, browser, login: { email: person.email, password: person.password } };
}

test('a client without cookies signs in, is known by its token, and is given no cookie', async () => {
  const house = await aHouse({ api: answerApi });
  const { login, name, email } = await somebody();
  const signedIn = await call(house, 'POST', '/auth/login', { json: login });
  expect(signedIn.status).toBe(200);
  expect(signedIn.headers['set-cookie']).toBeUndefined();
  expect(signedIn.headers['cache-control']).toBe('no-store');
  const { token, expiresAt, user } = signedIn.body.data;
  expect(user).toMatchObject({ name, email, isGuest: false });
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());

  const me = await call(house, 'GET', '/user', { token });
  expect(me.body.data).toEqual(user);
  expect(me.headers['set-cookie']).toBeUndefined();
  const renamed = await call(house, 'PATCH', '/user', { token, json: { name: 'Another Name' } });
  expect(renamed.body.data.name).toBe('Another Name');
  const bad = await call(house, 'PATCH', '/user', { token, json: { name: '' } });
  expect(bad.body.error).toMatchObject({
    code: 'VALIDATION_ERROR',
    details: [{ field: 'name', message: 'Enter your name.' }],
  });
});

test('a wrong password and an address of nobody are told the same', async () => {
  const house = await aHouse({ api: answerApi });
  const { email } = await somebody();
  const answers = await Promise.all(
    [email, 'nobody-at-all@example.com'].map((address) =>
      call(house, 'POST', '/auth/login', { json: { email: address, password: 'a wrong one indeed' } }),
    ),
  );
  for (const { status, body, headers } of answers) {
    expect({ status, code: body.error.code, message: body.error.message }).toEqual({
      status: 401,
      code: 'UNAUTHORIZED',
      message: 'The e-mail address or the password is wrong.',
    });
    expect(headers['www-authenticate']).toBe('Bearer');
  }
});

test('an account with a second factor needs a code, and is told so only where the password is right', async () => {
  const house = await aHouse({ api: answerApi, trustProxy: 1 });
  const { login, browser, password } = await somebody();
  const { accounts } = toolbox();
  const { secret } = await accounts.beginSecondFactor(browser.request(), { password });
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const { codes } = await accounts.confirmSecondFactor(browser.request(), { code: totp.generate() });

  const signIn = (more: object) =>
    call(house, 'POST', '/auth/login', { json: { ...login, ...more }, headers: { 'x-forwarded-for': '203.0.113.78' } });
  const without = await signIn({});
  expect(without).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
  expect(without.body.error.message).toContain('needs a code');
  expect(without.headers['set-cookie']).toBeUndefined();
  expect((await signIn({ code: 'not-a-backup-code' })).status).toBe(403);
  expect((await signIn({ password: 'not the password', code: codes[0] })).status).toBe(401);
  const { status, body } = await signIn({ code: codes[0] });
  expect(status).toBe(200);
  expect((await call(house, 'GET', '/user', { token: body.data.token })).status).toBe(200);
  expect((await signIn({ code: codes[0] })).status).toBe(403);
});

test('refreshing ends the old token; of two at once one succeeds, and its token holds', async () => {
  const house = await aHouse({ api: answerApi });
  const { login } = await somebody();
  const { token } = (await call(house, 'POST', '/auth/login', { json: login })).body.data;
  const both = await Promise.all([1, 2].map(() => call(house, 'POST', '/auth/refresh', { token })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  const renewed = both.find(({ status }) => status === 200)!.body.data.token;
  expect((await call(house, 'GET', '/user', { token })).status).toBe(401);
  expect((await call(house, 'GET', '/user', { token: renewed })).status).toBe(200);
});

test('signing out ends the session, and a second time says so', async () => {
  const house = await aHouse({ api: answerApi });
  const { login } = await somebody();
  const { token } = (await call(house, 'POST', '/auth/login', { json: login })).body.data;
  expect((await call(house, 'POST', '/auth/logout', { token })).status).toBe(200);
  expect((await call(house, 'GET', '/user', { token })).body.error.code).toBe('UNAUTHORIZED');
  expect((await call(house, 'POST', '/auth/logout', { token })).status).toBe(401);
});

test('a token is one of the places where somebody is signed in, and can be ended from there', async () => {
  const house = await aHouse({ api: answerApi });
  const { login, browser } = await somebody();
  const { token } = (await call(house, 'POST', '/auth/login', { json: login, headers: { 'user-agent': 'My script' } }))
    .body.data;
  const places = await toolbox().accounts.listSessions(browser.request());
  const place = places.find(({ userAgent }) => userAgent === 'My script')!;
  await toolbox().accounts.revokeSession(browser.request(), { sessionId: place.id });
  expect((await call(house, 'GET', '/user', { token })).status).toBe(401);
});

test('a token wins over cookies, and one that holds no more is not made good by them', async () => {
  const house = await aHouse({ api: answerApi });
  const [one, other] = [await somebody(), await somebody()];
  const { token } = (await call(house, 'POST', '/auth/login', { json: one.login })).body.data;
  const cookie = other.browser.request().headers.get('cookie')!;
  expect((await call(house, 'GET', '/user', { token, headers: { cookie } })).body.data.email).toBe(one.email);
  for (const dead of [`${token}x`, `rs_${token}`, 'rs_a.b', 'nonsense']) {
    expect((await call(house, 'GET', '/user', { token: dead, headers: { cookie } })).status).toBe(401);
  }
  expect((await call(house, 'GET', '/user', { headers: { cookie } })).body.data.email).toBe(other.email);
  const signingIn = await call(house, 'POST', '/auth/login', { json: one.login, headers: { cookie } });
  expect(signingIn.status).toBe(200);
  expect((await call(house, 'GET', '/user', { headers: { cookie } })).status).toBe(200);
});

/** Sends a body in pieces, without saying how long it is, until it is answered or cut off. */
async function stream(house: House, megabytes: number, headers: Record<string, string>) {
  const path = '/api/v1/generations';
  const request = send({ host: '127.0.0.1', port: house.port, path, method: 'POST', agent: false, headers });
  const gone = new Promise<void>((resolve) => request.once('error', () => resolve()));
  // Who is cut off in the middle of a piece may never see the answer.
  const answered = once(request, 'response').catch(() => [null]);
  let [sent, isOver] = [0, false];
  void Promise.race([gone, answered]).then(() => {
    isOver = true;
  });
  const piece = Buffer.alloc(65_536, ' ');
  for (; sent < megabytes * 1_048_576 && !isOver; sent += piece.length) {
    if (!request.write(piece)) await Promise.race([once(request, 'drain'), gone, answered]);
    await new Promise(setImmediate);
  }
  request.end('{}');
  const [response] = await answered;
  response?.resume();
  return { status: (response?.statusCode ?? null) as number | null, megabytes: sent / 1_048_576 };
}

test('a long body is read only from somebody who is known: others are refused by the head of their request', async () => {
  const house = await aHouse({ api: answerApi, isKnown: isKnownAsker });
  const json = { 'content-type': 'application/json' };
  const strangers: Record<string, string>[] = [
    {},
    { authorization: `Bearer rk_${'x'.repeat(43)}` },
    { 'x-api-key': `rk_${'x'.repeat(43)}` },
    { authorization: `Bearer ${'x'.repeat(32)}` },
    { cookie: `remixify.session_token=${'x'.repeat(32)}.${'y'.repeat(43)}%3D` },
  ];
  for (const headers of strangers) {
    const streamed = await stream(house, 20, { ...json, ...headers });
    expect([401, null]).toContain(streamed.status);
    expect(streamed.megabytes).toBeLessThan(8);
    const announced = send({
      host: '127.0.0.1',
      port: house.port,
      path: '/api/v1/generations',
      method: 'POST',
      agent: false,
      headers: { ...json, ...headers, 'content-length': 20_000_000 },
    });
    announced.on('error', () => {});
    announced.flushHeaders();
    const [response] = await once(announced, 'response');
    expect([response.statusCode, response.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    announced.destroy();
  }
  // Read to its end, and then found to say nothing.
  const cookie = (await somebody()).browser.request().headers.get('cookie')!;
  expect((await stream(house, 20, { ...json, cookie })).status).toBe(400);
});

test('after ten tries from one address the eleventh waits, and is told how long', async () => {
  const house = await aHouse({ api: answerApi, trustProxy: 1 });
  const headers = { 'x-forwarded-for': '203.0.113.77' };
  const login = () =>
    call(house, 'POST', '/auth/login', { json: { email: aPerson().email, password: 'not the right one' }, headers });
  const statuses: number[] = [];
  for (let n = 0; n < 11; n++) statuses.push((await login()).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
  const late = await login();
  expect(late.body.error.code).toBe('TOO_MANY_REQUESTS');
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
});

test('after many wrong passwords for one address its next one waits, and the answer says how long', async () => {
  const house = await aHouse({ api: answerApi, trustProxy: 1 });
  const headers = { 'x-forwarded-for': '203.0.113.80' };
  const json = { email: aPerson().email, password: 'not the right one' };
  const login = () => call(house, 'POST', '/auth/login', { json, headers });
  expect((await login()).status).toBe(401);
  // As if nineteen more had been wrong.
  const counted = await database.db.$client`
    update rate_limit set count = 20 where key like 'guess:%:net:%' returning key`;
  expect(counted.length).toBeGreaterThan(0);
  const refused = await login();
  expect(refused).toMatchObject({
    status: 429,
    headers: {
      'retry-after': expect.stringMatching(/^[89]\d\d$/),
      'ratelimit-remaining': '0',
      'x-ratelimit-remaining': '0',
    },
    body: { success: false, error: { code: 'TOO_MANY_REQUESTS', message: expect.stringContaining('Too many wrong') } },
  });
});

test('what fails before the door has the shape of what fails behind it', async () => {
  const house = await aHouse({ api: answerApi });
  const tooBig = await call(house, 'POST', '/brands', {
    body: JSON.stringify({ name: 'x'.repeat(1_100_000) }),
    headers: { 'content-type': 'application/json' },
  });
  expect(tooBig.status).toBe(413);
  expect(tooBig.body).toMatchObject({ success: false, error: { code: 'PAYLOAD_TOO_LARGE', details: [] } });
  expect(tooBig.body.error.requestId).toBe(tooBig.headers['x-request-id']);
  const foreign = await call(house, 'POST', '/brands', {
    json: { name: 'x' },
    headers: { origin: 'https://evil.example' },
  });
  expect(foreign.body).toMatchObject({ success: false, error: { code: 'FORBIDDEN' } });
  const nowhere = await call(house, 'GET', '/nowhere');
  expect(nowhere.body).toMatchObject({
    success: false,
    error: { code: 'NOT_FOUND', requestId: nowhere.headers['x-request-id'] },
  });
});

test('a failure of ours tells nothing but its number', async () => {
  const house = await aHouse({ api: answerApi });
  const broken = vi
    .spyOn(toolbox().accounts, 'sessionFor')
    .mockRejectedValueOnce(new Error('select secret from vault'));
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const answer = await call(house, 'GET', '/feed');
  expect(answer.status).toBe(500);
  expect(answer.text).not.toMatch(/vault|at .*\.ts/);
  expect(answer.body.error).toMatchObject({ code: 'INTERNAL_ERROR', message: 'Something went wrong on our side.' });
  expect(logged).toHaveBeenCalled();
  broken.mockRestore();
  logged.mockRestore();
});

test('the document of the API is served with a tag', async () => {
  const house = await aHouse({ api: answerApi });
  const { body, headers } = await call(house, 'GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const again = await call(house, 'GET', '/openapi.json', { headers: { 'if-none-match': headers['etag']! } });
  expect(again).toMatchObject({ status: 304, text: '' });
});
