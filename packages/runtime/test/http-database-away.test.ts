import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { RequestRemixInput } from '@repo/domain/remixes/schema';
import { beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { answerApi } from '../src/answer-api.server.ts';
import { apiFor } from '../src/remix/api-for.ts';
import { submit } from '../src/remix/submit.ts';
import { toolbox } from '../src/tools.server.ts';
import { aHouse, ask, PAGE } from './http-house.ts';
import { anApp } from './http-remix-house.tsx';

/** Somebody who was signed in: the session cannot be looked up now. */
let cookie: string;

beforeAll(async () => {
  // A port that was free a moment ago: nobody listens there.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  vi.stubEnv('DATABASE_URL', `postgres://postgres@127.0.0.1:${port}/none`);
  vi.stubEnv('SESSION_SECRET', 'a-secret-of-the-tests-with-32-characters');
  vi.stubEnv('ENCRYPTION_KEYS', '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=');
  const { signSessionToken } = await import('../src/accounts/live-session.ts');
  cookie = `remixify.session_token=${signSessionToken('a-token-that-once-was', toolbox().env.SESSION_SECRET)}`;
});

const Form = z.object({ prompt: z.string(), idempotencyKey: z.string() });
const pages = () =>
  anApp({
    ads: {
      loader: async ({ request }) => (await apiFor(request)).ads.feed({}),
      action: async ({ request }) =>
        (await apiFor(request)).credits
          .balance()
          .then(() => apiFor(request))
          .then((api) => api.brands.mine()),
    },
    form: {
      action: ({ request }) =>
        submit(request, Form, async ({ prompt, idempotencyKey }) => {
          const api = await apiFor(request);
          const adId = '0199aa00-0000-7000-8000-000000000000';
          return api.remixes.request(RequestRemixInput.parse({ adId, prompt, idempotencyKey }));
        }),
    },
    plain: { loader: () => ({ content: 'needs no records' }) },
  });

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  headers: { ...PAGE, cookie, 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

test('a page that needs records says that the database is away, and tries again by itself', async () => {
  const house = await aHouse({ pages: pages() });
  for (const headers of [PAGE, { ...PAGE, cookie }]) {
    const answer = await ask(house, '/ads', { headers });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.text).toContain('The database is away');
    expect(answer.text).toContain('http-equiv="refresh"');
    expect(answer.text).toContain(answer.headers['x-request-id']);
    expect(answer.text).not.toContain('ECONNREFUSED');
  }
});

test('the frame stands, and a page that needs no records is shown as ever', async () => {
  const answer = await ask(await aHouse({ pages: pages() }), '/plain', { headers: { ...PAGE, cookie } });
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('the frame');
  expect(answer.text).toContain('needs no records');
});

test('a form keeps its text, and says why it was not taken', async () => {
  const answer = await ask(
    await aHouse({ pages: pages() }),
    '/form',
    form({ prompt: 'a snowy <b>night</b>', idempotencyKey: 'press-12345' }),
  );
  expect(answer.status).toBe(503);
  expect(answer.text).toContain('a snowy &lt;b&gt;night&lt;/b&gt;');
  expect(answer.text).toContain('The database is away. Nothing is lost');
});

test('a form that leads to the failure page finds its text there, ready to be sent again', async () => {
  const answer = await ask(
    await aHouse({ pages: pages() }),
    '/ads',
    form({ prompt: 'a snowy "night"', brandId: '7', password: 'hunter2hunter2' }),
  );
  expect(answer.status).toBe(503);
  expect(answer.text).toMatch(/<textarea[^>]*name="prompt"[^>]*>a snowy &quot;night&quot;<\/textarea>/);
  expect(answer.text).toContain('name="brandId" value="7"');
  expect(answer.text).not.toContain('hunter2');
  expect(answer.text).not.toContain('http-equiv="refresh"');
});

test('a typed end of a script stays text in the page that gives it back', async () => {
  const answer = await ask(
    await aHouse({ pages: pages() }),
    '/ads',
    form({ prompt: '</script><script>alert(1)</script>' }),
  );
  expect(answer.text).toContain('\\u003c/script>');
  expect(answer.text).not.toContain('<script>alert(1)');
});

test('the API answers 503 with the same sentence, to visitors and to whoever was signed in', async () => {
  const house = await aHouse({ api: answerApi });
  for (const headers of [{}, { cookie }]) {
    const answer = await ask(house, '/api/trpc/ads.feed?input=%7B%22json%22%3A%7B%7D%7D', { headers });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(JSON.parse(answer.text).error.json.message).toBe(
      'The database is away. Nothing is lost: try again in a moment.',
    );
    expect(answer.text).not.toContain('127.0.0.1');
  }
});

test('the process is not ready, and does not keep whoever asks waiting', async () => {
  const answer = await ask(await aHouse({ checks: toolbox().checks }), '/readyz');
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.text)).toMatchObject({ database: { state: 'down' }, queue: { state: 'down' } });
});
