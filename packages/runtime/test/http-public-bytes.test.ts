import { expect, test } from 'vitest';
import type { HttpAppOptions } from '../src/http/create-http-app.ts';
import { publicBytes } from '../src/http/public-bytes.ts';
import { aHouse, ask } from './http-house.ts';

const FEED = '/api/trpc/ads.feed?input=%7B%7D';

/** An API that says how often it was asked. */
async function aCountingHouse(options: Partial<HttpAppOptions> = {}) {
  let asked = 0;
  const house = await aHouse({
    hasSession: (cookies) => cookies.includes('session_token='),
    api: async () => {
      asked += 1;
      return Response.json({ asked });
    },
    ...options,
  });
  return { house, asked: () => asked };
}

test('whoever has no session shares the bytes of the feed, which is read once for all who ask at once', async () => {
  const { house, asked } = await aCountingHouse();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(house, FEED)));
  expect(asked()).toBe(1);
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"asked":1}']));
  expect(new Set(answers.map(({ headers }) => headers['x-request-id'])).size).toBe(20);
  const [{ headers }] = answers as [(typeof answers)[0]];
  expect(headers['cache-control']).toBe('public, max-age=1');
  expect(headers['vary']).toMatch(/cookie/i);
  expect(headers['set-cookie']).toBeUndefined();
});

test('shared bytes carry every header of security that other answers do', async () => {
  const { house } = await aCountingHouse();
  const shared = (await ask(house, FEED)).headers;
  const other = (await ask(house, '/api/trpc/ads.byId')).headers;
  const names = Object.keys(other).filter((name) =>
    /^(x-|content-security|referrer|cross-origin|permissions|origin-)/.test(name),
  );
  expect(names.length).toBeGreaterThan(6);
  for (const name of names) expect(shared[name], name).toBeDefined();
  expect(shared['content-security-policy']).toContain("default-src 'self'");
  expect(shared['content-security-policy']).not.toContain('nonce');
});

test.each([
  ['a session', { cookie: 'theme=dark; remixify.session_token=abc' }],
  ['a key', { authorization: 'Bearer rmx_1' }],
])('whoever has %s is answered by themselves', async (_, headers) => {
  const { house, asked } = await aCountingHouse();
  await ask(house, FEED);
  await ask(house, FEED, { headers });
  const { headers: answered } = await ask(house, FEED, { headers });
  expect(asked()).toBe(3);
  expect(String(answered['cache-control'])).not.toContain('public');
});

test('who shows the tag of what they have is told that nothing changed', async () => {
  const { house } = await aCountingHouse();
  const { headers } = await ask(house, FEED);
  const again = await ask(house, FEED, { headers: { 'if-none-match': `W/"old", ${headers['etag']}` } });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('other pages of the feed are other bytes, and the order of parameters makes no difference', async () => {
  const { house, asked } = await aCountingHouse();
  await ask(house, '/api/v1/feed?limit=3&tab=ads');
  await ask(house, '/api/v1/feed?tab=ads&limit=3');
  expect(asked()).toBe(1);
  await ask(house, '/api/v1/feed?tab=ads&limit=4');
  expect(asked()).toBe(2);
});

test('a failure is nobody else’s answer', async () => {
  let fails = true;
  const { house } = await aCountingHouse({
    api: async () => (fails ? Response.json({}, { status: 503 }) : Response.json({ well: true })),
  });
  expect((await ask(house, FEED)).status).toBe(503);
  fails = false;
  expect((await ask(house, `${FEED}&x=1`)).status).toBe(200);
});

test('bytes are never older than a second when they are handed out', async () => {
  let now = 0;
  let asked = 0;
  const handle = publicBytes({
    api: async () => Response.json({ asked: ++asked }),
    headers: {},
    hasSession: () => false,
    clock: () => now,
  });
  const read = () =>
    new Promise<string>((resolve) => {
      const request = { method: 'GET', url: FEED, headers: {}, askedOrigin: 'http://localhost' };
      const response = { writeHead: () => ({ end: (bytes: Buffer) => resolve(String(bytes)) }) };
      void handle(request as never, response as never, () => {});
    });
  expect(await read()).toBe('{"asked":1}');
  now = 999;
  expect(await read()).toBe('{"asked":1}');
  now = 1_000;
  expect(await read()).toBe('{"asked":2}');
});
