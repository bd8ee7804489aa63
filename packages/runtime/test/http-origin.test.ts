import { expect, test } from 'vitest';
import { aHouse, ask } from './http-house.ts';

/** Pages that tell what reached them. */
const mirror = {
  pages: async (request: Request) =>
    Response.json({ url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() }),
};

const seenBy = (text: string) => JSON.parse(text) as { url: string; headers: Record<string, string>; body: string };

test('a request has an id of ours, whatever id it came with', async () => {
  const house = await aHouse();
  const headers = { 'x-request-id': 'mine' };
  const first = await ask(house, '/', { headers });
  const second = await ask(house, '/', { headers });
  expect(first.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
});

test('nobody can claim to come from elsewhere', async () => {
  const claims = {
    'x-client-ip': '203.0.113.9',
    'x-forwarded-for': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  };
  const { text } = await ask(await aHouse(mirror), '/here', { headers: { host: 'localhost:3000', ...claims } });
  const { url, headers } = seenBy(text);
  expect(headers['x-client-ip']).toBe('127.0.0.1');
  expect(url).toBe('http://localhost:3000/here');
  expect(text).not.toContain('203.0.113.9');
  expect(text).not.toContain('evil.example');
});

test('behind one proxy of ours, the address it saw counts, and not what stands before it', async () => {
  const house = await aHouse({ ...mirror, ownUrl: 'https://remixify.example', trustProxy: 1 });
  const { text } = await ask(house, '/here', {
    headers: {
      host: '10.0.0.5:3000',
      'x-forwarded-host': 'remixify.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '198.51.100.1, 203.0.113.9',
    },
  });
  const { url, headers } = seenBy(text);
  expect(headers['x-client-ip']).toBe('203.0.113.9');
  expect(headers['x-forwarded-for']).toBeUndefined();
  expect(url).toBe('https://remixify.example/here');
});

test('a Host that no address can hold is refused', async () => {
  for (const host of ['a b', 'evil.example/path', 'x@y', 'localhost:99999', '1.2.3.4.5', '999.999.999.999']) {
    expect((await ask(await aHouse(mirror), '/', { headers: { host } })).status, host).toBe(400);
  }
});

test('an address that begins with two slashes stays an address of this site', async () => {
  const { text } = await ask(await aHouse(mirror), '//evil.example/x', { headers: { host: 'localhost:3000' } });
  expect(seenBy(text).url).toBe('http://localhost:3000//evil.example/x');
});

const own = { ownUrl: 'https://remixify.example', trustProxy: 1, ...mirror };

test('with HTTPS in front, a plain request is sent to our own HTTPS address, whatever Host it names', async () => {
  const house = await aHouse(own);
  const answer = await ask(house, '/ads?page=2', { headers: { host: 'evil.example', 'x-forwarded-proto': 'http' } });
  expect(answer.status).toBe(308);
  expect(answer.headers.location).toBe('https://remixify.example/ads?page=2');
});

test('health is answered by plain HTTP, for the probe that stands beside us', async () => {
  const house = await aHouse(own);
  expect((await ask(house, '/healthz')).status).toBe(200);
  expect((await ask(house, '/readyz')).status).toBe(200);
});

test('browsers are told to stay with HTTPS only where HTTPS is ours to promise', async () => {
  const headers = { 'x-forwarded-proto': 'https' };
  expect((await ask(await aHouse(own), '/', { headers })).headers['strict-transport-security']).toMatch(
    /max-age=\d{8}/,
  );
  const unproxied = await ask(await aHouse({ ...own, trustProxy: 0 }), '/', { headers });
  expect(unproxied.status).toBe(200);
  expect(unproxied.headers['strict-transport-security']).toBeUndefined();
});

const HOST = { host: 'localhost:3000' };
const WRITES: [string, Record<string, string>, number][] = [
  ['our own page', { origin: 'http://localhost:3000' }, 200],
  [
    'our own page under another name of this machine',
    { host: '192.168.1.5:3000', origin: 'http://192.168.1.5:3000' },
    200,
  ],
  ['a browser that names only the relation', { 'sec-fetch-site': 'same-origin' }, 200],
  ['a program that is no browser', {}, 200],
  ['another site', { origin: 'https://evil.example' }, 403],
  ['another port of this machine', { origin: 'http://localhost:3001' }, 403],
  ['a site whose name begins like ours', { origin: 'http://localhost:3000.evil.example' }, 403],
  ['a sandboxed frame', { origin: 'null' }, 403],
  ['a neighbour domain without an origin', { 'sec-fetch-site': 'same-site' }, 403],
  ['another site without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another site that claims a relation', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 403],
];

test.each(WRITES)('a write sent by %s', async (_who, headers, status) => {
  const house = await aHouse(mirror);
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const path of ['/form', '/api/trpc/x', '/files/x']) {
      const answer = await ask(house, path, { method, headers: { ...HOST, ...headers } });
      expect(answer.status, `${method} ${path}`).toBe(status);
    }
  }
});

test('our own page may write behind a proxy that puts another Host in place of ours', async () => {
  const house = await aHouse({ ...mirror, ownUrl: 'https://remixify.example', trustProxy: 1 });
  const headers = { host: '10.0.0.5:3000', 'x-forwarded-proto': 'https', origin: 'https://remixify.example' };
  const answer = await ask(house, '/form', { method: 'POST', headers });
  expect(answer.status).toBe(200);
  expect(seenBy(answer.text)).toMatchObject({
    url: 'https://remixify.example/form',
    headers: { host: 'remixify.example' },
  });
});

test('reading is open to links from anywhere', async () => {
  const answer = await ask(await aHouse(mirror), '/', { headers: { ...HOST, origin: 'https://evil.example' } });
  expect(answer.status).toBe(200);
});

test('a refused write says so in the words its sender reads', async () => {
  const house = await aHouse(mirror);
  const headers = { ...HOST, origin: 'https://evil.example' };
  const page = await ask(house, '/form', { method: 'POST', headers: { ...headers, accept: 'text/html' } });
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.text).toContain('This request was refused');
  const json = await ask(house, '/api/trpc/x', { method: 'POST', headers });
  expect(JSON.parse(json.text).error).toMatchObject({ status: 403, requestId: json.headers['x-request-id'] });
});
