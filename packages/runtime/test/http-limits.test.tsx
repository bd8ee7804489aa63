import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { answerApi } from '../src/answer-api.server.ts';
import { accountsFor, apiFor } from '../src/remix/api-for.ts';
import { submit } from '../src/remix/submit.ts';
import { toolbox } from '../src/tools.server.ts';
import { aHouse, ask, type House, PAGE } from './http-house.ts';
import { anApp } from './http-remix-house.tsx';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'http-limits-'))]);
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('SESSION_SECRET', 'a-secret-of-the-tests-with-32-characters');
  vi.stubEnv('ENCRYPTION_KEYS', '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=');
  vi.stubEnv('DATA_DIR', folder);
  // A tenth of every limit: ten requests a minute, one of models.
  vi.stubEnv('RATE_LIMITS', '0.1');
});
afterAll(async () => {
  await toolbox().close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const NOBODYS = '0199aa00-0000-7000-8000-000000000000';
const json = (input: object) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ json: input }),
});
const remix = () =>
  json({ adId: NOBODYS, prompt: 'a snowy night', model: 'auto', idempotencyKey: crypto.randomUUID() });

/** Each from a network of its own, as a proxy of ours would tell. */
let networks = 0;
const from = () => ({ 'x-forwarded-for': `198.51.100.${++networks}`, 'x-forwarded-proto': 'http' });
const aHouseBehind = (options: Parameters<typeof aHouse>[0] = {}) =>
  aHouse({ api: answerApi, trustProxy: 1, ...options });

async function aGuest(house: House, headers: object) {
  const answer = await ask(house, '/api/trpc/moderation.report', {
    ...json({ target: { adId: NOBODYS }, reason: 'Not ours.', idempotencyKey: crypto.randomUUID() }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '', ...headers };
}

test('an answer of the API says how many requests are left, and one too many is told when to come back', async () => {
  const house = await aHouseBehind();
  const headers = await aGuest(house, from());
  const first = await ask(house, '/api/trpc/brands.mine', { headers });
  expect(first.status).toBe(200);
  expect(first.headers).toMatchObject({
    'ratelimit-policy': '10;w=60',
    'ratelimit-limit': '10',
    'ratelimit-remaining': '9',
    'ratelimit-reset': expect.stringMatching(/^\d\d?$/),
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': '9',
    'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
  });
  expect(first.headers['retry-after']).toBeUndefined();

  for (let count = 0; count < 9; count++) await ask(house, '/api/trpc/brands.mine', { headers });
  const refused = await ask(house, '/api/trpc/brands.mine', { headers });
  expect(refused.status).toBe(429);
  expect(refused.headers).toMatchObject({
    'ratelimit-remaining': '0',
    'retry-after': expect.stringMatching(/^\d\d?$/),
  });
  expect(JSON.parse(refused.text).error.json).toMatchObject({
    message: expect.stringContaining('Nothing you typed is lost'),
    data: { code: 'TOO_MANY_REQUESTS', domain: { details: { retryAfterSeconds: expect.any(Number) } } },
  });
});

test('one call too many by REST is told so in the envelope of its errors, with all headers', async () => {
  const house = await aHouseBehind();
  const headers = await aGuest(house, from());
  for (let count = 0; count < 10; count++) await ask(house, '/api/v1/brands', { headers });
  const refused = await ask(house, '/api/v1/brands', { headers });
  expect(refused.status).toBe(429);
  const seconds = expect.stringMatching(/^\d\d?$/);
  expect(refused.headers).toMatchObject({
    'retry-after': seconds,
    'ratelimit-policy': '10;w=60',
    'ratelimit-limit': '10',
    'ratelimit-remaining': '0',
    'ratelimit-reset': seconds,
    'x-ratelimit-limit': '10',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
  });
  expect(JSON.parse(refused.text)).toEqual({
    success: false,
    error: {
      code: 'TOO_MANY_REQUESTS',
      message: expect.stringContaining('Nothing you typed is lost'),
      details: [],
      requestId: refused.headers['x-request-id'],
    },
  });
});

test('calls of a batch count one by one', async () => {
  const house = await aHouseBehind();
  const headers = await aGuest(house, from());
  const batch = await ask(house, `/api/trpc/${Array(6).fill('brands.mine').join(',')}?batch=1&input={}`, { headers });
  expect(batch.headers['ratelimit-remaining']).toBe('4');
});

test('a new guest for every remix is no way round what a network may ask of models', async () => {
  const house = await aHouseBehind();
  const network = from();
  const headers = { 'content-type': 'application/json', ...network };
  const press = () => ask(house, '/api/trpc/remixes.request', { ...remix(), headers });
  expect((await press()).status).toBe(404);
  expect(await press()).toMatchObject({ status: 429, headers: { 'ratelimit-limit': '1' } });
});

test('visitors read as much as they like', async () => {
  const house = await aHouseBehind();
  const headers = from();
  for (let count = 0; count < 12; count++) {
    expect(await ask(house, '/api/trpc/credits.balance', { headers })).toMatchObject({ status: 200 });
  }
});

const Form = z.object({ text: z.string() });
const pages = () =>
  anApp({
    'my-things': { loader: async ({ request }) => (await apiFor(request)).credits.balance() },
    'ads/:id': { loader: async ({ request }) => (await apiFor(request)).credits.balance() },
    form: {
      action: ({ request }) =>
        submit(request, Form, async () => {
          const api = await apiFor(request);
          await Promise.all([api.credits.balance(), api.brands.mine()]);
          return { done: true };
        }),
    },
    out: { action: async ({ request }) => accountsFor(request).signOut() },
  });

test('a page counts once, whatever it calls; too many become a page that says so; public pages never do', async () => {
  const house = await aHouseBehind({ pages: pages() });
  const headers = { ...PAGE, ...(await aGuest(house, from())) };
  for (let count = 0; count < 10; count++) await ask(house, '/my-things', { headers });
  const refused = await ask(house, '/my-things', { headers });
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after']).toMatch(/^\d\d?$/);
  expect(refused.text).toContain('That was too fast');
  expect((await ask(house, '/ads/one', { headers })).status).toBe(200);
});

test('a form that came too soon keeps what was typed', async () => {
  const house = await aHouseBehind({ pages: pages() });
  const headers = {
    ...PAGE,
    ...(await aGuest(house, from())),
    'content-type': 'application/x-www-form-urlencoded',
    origin: house.url,
  };
  const post = () => ask(house, '/form', { method: 'POST', headers, body: 'text=a+long+thought' });
  expect((await post()).headers['ratelimit-remaining']).toBe('9');
  for (let count = 0; count < 9; count++) await post();
  const refused = await post();
  expect(refused.status).toBe(429);
  expect(refused.text).toContain('a long thought');
  expect(refused.text).toContain('Nothing you typed is lost');
});

test('account forms count too, and of two limits the tighter one is told', async () => {
  const house = await aHouseBehind({ pages: pages() });
  const headers = { ...PAGE, ...from(), origin: house.url };
  const post = () => ask(house, '/out', { method: 'POST', headers });
  for (let count = 0; count < 10; count++) await post();
  expect((await post()).status).toBe(429);
});
