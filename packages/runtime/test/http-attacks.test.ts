import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { aHouse, ask, type House } from './http-house.ts';

/** Sends bytes as they are, and resolves to all that comes back before the connection ends. */
async function say(house: House, bytes: string): Promise<string> {
  const socket = connect(house.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  socket.write(bytes);
  const patience = setTimeout(() => socket.destroy(), 2_000);
  await once(socket, 'close');
  clearTimeout(patience);
  return heard;
}

const HIDDEN = 'GET /hidden HTTP/1.1\r\nhost: localhost\r\n\r\n';
const post = (headers: string[], body: string) =>
  `POST /form HTTP/1.1\r\nhost: localhost\r\n${headers.join('\r\n')}\r\n\r\n${body}`;

test.each([
  ['two lengths', post(['content-length: 3', `content-length: ${HIDDEN.length}`], HIDDEN)],
  ['a length beside chunks', post(['content-length: 4', 'transfer-encoding: chunked'], `0\r\n\r\n${HIDDEN}`)],
  ['chunks twice', post(['transfer-encoding: chunked', 'transfer-encoding: identity'], `0\r\n\r\n${HIDDEN}`)],
  ['chunks under a name of their own', post(['transfer-encoding: xchunked'], `0\r\n\r\n${HIDDEN}`)],
  ['a space before the colon', post(['content-length : 3'], HIDDEN)],
  ['a length that is no number', post(['content-length: +3'], HIDDEN)],
  ['a folded header', post(['x-one: a', ' content-length: 0'], HIDDEN)],
  ['a line end within a header', `GET / HTTP/1.1\r\nhost: localhost\r\nx: a\rb\r\n\r\n${HIDDEN}`],
])('a request with %s smuggles no second one in', async (_, bytes) => {
  const asked: string[] = [];
  const pages = async (request: Request) => {
    asked.push(new URL(request.url).pathname);
    return new Response('seen');
  };
  const heard = await say(await aHouse({ pages }), bytes);
  expect(asked).not.toContain('/hidden');
  expect(heard).toMatch(/^HTTP\/1\.1 400/);
});

test('JSON sent as plain text by another site writes nothing', async () => {
  const calls: string[] = [];
  const house = await aHouse({
    api: async (request) => {
      calls.push(request.url);
      return Response.json({});
    },
  });
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const headers = { 'content-type': type, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await ask(house, '/api/trpc/ads.remove', { method: 'POST', headers, body: '{}' })).status).toBe(403);
    const opaque = { 'content-type': type, origin: 'null', 'sec-fetch-site': 'cross-site' };
    expect((await ask(house, '/api/trpc/ads.remove', { method: 'POST', headers: opaque, body: '{}' })).status).toBe(
      403,
    );
  }
  expect(calls).toEqual([]);
});

const DASHBOARD = 'https://dashboard.example';
const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
});

test('no other site may read us where none is named', async () => {
  const answer = await ask(await aHouse(), '/api/v1/ads', preflight(DASHBOARD));
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('a named site may ask /api/v1, for two hours without asking again, never with cookies, and nothing else', async () => {
  const house = await aHouse({ corsOrigins: [DASHBOARD] });
  const allowed = await ask(house, '/api/v1/ads', preflight(DASHBOARD));
  expect(allowed.status).toBe(204);
  expect(allowed.headers).toMatchObject({
    'access-control-allow-origin': DASHBOARD,
    'access-control-allow-headers': expect.stringContaining('authorization'),
    'access-control-max-age': '7200',
  });
  expect(allowed.headers['access-control-allow-credentials']).toBeUndefined();
  for (const origin of ['https://dashboard.example.evil.example', 'http://dashboard.example', 'null']) {
    const { headers } = await ask(house, '/api/v1/ads', preflight(origin));
    expect(headers['access-control-allow-origin'], origin).toBeUndefined();
    expect((await ask(house, '/api/v1/ads', { method: 'POST', headers: { origin } })).status, origin).toBe(403);
  }
  const elsewhere = await ask(house, '/api/trpc/ads.read', preflight(DASHBOARD));
  expect(elsewhere.headers['access-control-allow-origin']).toBeUndefined();
});
