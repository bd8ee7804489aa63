import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createOutsideFetch } from '../src/create-outside-fetch.ts';
import { parseAllowedHosts } from '../src/index.server.ts';
import { serve, thrownBy } from './outside-house.ts';

const local = createOutsideFetch({ allowed: parseAllowedHosts('127.0.0.1')! });
const limits = { totalMs: 5_000, maxBytes: 10_000 };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('an allowed host is asked, with our headers and without the asker’s cookies', async () => {
  const { origin, asked } = await serve((_, response) => response.setHeader('set-cookie', 'a=b').end('hello'));
  const headers = { 'x-note': 'one', Cookie: 'session=secret', Host: 'elsewhere.test' };
  const answer = await local(`${origin}/path?x=1`, { ...limits, headers });
  expect([answer.status, text(answer.bytes), answer.isCut, answer.headers.has('set-cookie')]).toEqual([
    200,
    'hello',
    false,
    false,
  ]);
  expect(asked[0]).toMatchObject({ url: '/path?x=1', headers: { 'x-note': 'one', 'user-agent': 'Remixify' } });
  expect(asked[0]!.headers).not.toHaveProperty('cookie');
  expect(asked[0]!.headers.host).toBe(new URL(origin).host);
});

test('a name that leads to a private address is refused, and so is one that leads there among others', async () => {
  for (const addresses of [['127.0.0.1'], ['10.0.0.1'], ['8.8.8.8', '192.168.0.1'], ['2606:4700:4700::1111', '::1']]) {
    const outside = createOutsideFetch({ resolve: async () => addresses });
    await expect(outside('https://rebind.example/', limits)).rejects.toMatchObject({ reason: 'forbidden' });
  }
});

test('a name is resolved once: the connection goes to what was checked, and a later answer is checked anew', async () => {
  const { port, asked } = await serve((_, response) => response.end('inside'));
  const answers = [['127.0.0.1'], ['::1']];
  let lookups = 0;
  const resolve = async () => answers[lookups++] ?? ['10.0.0.1'];
  // No other resolver knows this name, so that only the checked address can have led there.
  const allowed = createOutsideFetch({ allowed: [{ hostname: 'rebind.example', port }], resolve });
  expect(text((await allowed(`http://rebind.example:${port}/`, limits)).bytes)).toBe('inside');
  expect([lookups, asked.length]).toEqual([1, 1]);

  const outside = createOutsideFetch({ resolve });
  await expect(outside('http://rebind.example/', limits)).rejects.toMatchObject({ reason: 'forbidden' });
  expect([lookups, asked.length]).toEqual([2, 1]);
});

test('every redirect is checked again, and what was meant for one host goes to no other', async () => {
  const inside = await serve((_, response) => response.end('inside'));
  const open = await serve((request, response) => {
    const to = new URL(request.url!, 'http://here').searchParams.get('to');
    if (to) response.writeHead(302, { location: to }).end();
    else response.end('open');
  });
  const outside = createOutsideFetch({ allowed: parseAllowedHosts(`127.0.0.1:${open.port}`)! });
  const to = (target: string) => outside(`${open.origin}/?to=${encodeURIComponent(target)}`, limits);

  expect(text((await to('/')).bytes)).toBe('open');
  for (const target of [
    inside.origin,
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'http://2130706433/',
    '//[::1]/',
  ]) {
    await expect(to(target)).rejects.toMatchObject({ reason: 'forbidden' });
  }
  expect(inside.asked).toEqual([]);

  const both = `${open.origin}/?to=${encodeURIComponent(inside.origin)}`;
  await local(both, { ...limits, headers: { authorization: 'Bearer secret' } });
  expect(inside.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('more than three redirects are refused, and with none allowed a redirect is the answer', async () => {
  const { origin, asked } = await serve((_, response) => response.writeHead(307, { location: '/again' }).end());
  await expect(local(origin, limits)).rejects.toMatchObject({ reason: 'redirected' });
  expect(asked).toHaveLength(4);
  expect(await local(origin, { ...limits, redirects: 0 })).toMatchObject({ status: 307 });
  expect(await local(origin, { ...limits, method: 'POST', body: 'x' })).toMatchObject({ status: 307 });
  expect(asked).toHaveLength(6);
});

test('a body is counted as it is after decoding: a zip bomb is refused', async () => {
  const { origin } = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
  });
  await expect(local(origin, limits)).rejects.toMatchObject({ reason: 'too_large' });
  const cut = await local(origin, { ...limits, excess: 'cut' });
  expect([cut.isCut, cut.bytes.byteLength]).toEqual([true, limits.maxBytes]);
});

test('a body without end is cut, and a drop now and then does not keep a call open', async () => {
  const endless = await serve((_, response) => {
    const more = () => void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once('drain', more));
    more();
  });
  expect(await local(endless.origin, { ...limits, excess: 'cut' })).toMatchObject({ status: 200, isCut: true });

  const drip = await serve((_, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const short = { totalMs: 250, maxBytes: 10_000 };
  await expect(local(drip.origin, short)).rejects.toMatchObject({ reason: 'timed_out' });
  expect(await local(drip.origin, { ...short, excess: 'cut' })).toMatchObject({ status: 200, isCut: true });
});

test('silence, endless headers and closed doors are named', async () => {
  const silent = await serve(() => {});
  await expect(local(silent.origin, { ...limits, totalMs: 200 })).rejects.toMatchObject({ reason: 'timed_out' });
  const talkative = await serve((_, response) => response.setHeader('x-long', 'a'.repeat(40_000)).end());
  expect(await thrownBy(local(talkative.origin, limits))).toMatchObject({ reason: 'unreachable' });
  await expect(local('http://127.0.0.1:1/', limits)).rejects.toMatchObject({ reason: 'unreachable' });
  const stuck = createOutsideFetch({ resolve: () => new Promise(() => {}) });
  await expect(stuck('https://slow.example/', { ...limits, totalMs: 100 })).rejects.toMatchObject({
    reason: 'timed_out',
  });
  const nobody = createOutsideFetch({ resolve: async () => Promise.reject(new Error('ENOTFOUND')) });
  await expect(nobody('https://nobody.example/', limits)).rejects.toMatchObject({ reason: 'unresolved' });
});

test('a list of allowed hosts is read as written, and nonsense is no list', () => {
  expect(parseAllowedHosts('localhost:9999, 10.0.0.5,[fd00::1]:81')).toEqual([
    { hostname: 'localhost', port: 9999 },
    { hostname: '10.0.0.5', port: null },
    { hostname: '[fd00::1]', port: 81 },
  ]);
  for (const list of ['http://localhost', 'a b', 'localhost:0', 'localhost:99999', '*', '10.0.0.0/8']) {
    expect(parseAllowedHosts(list)).toBeNull();
  }
});
