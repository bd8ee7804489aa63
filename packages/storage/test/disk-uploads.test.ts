import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { aDiskStore, type TestDiskStore } from '../src/testing.ts';
import { bytesHeld } from './bytes-held.ts';

let disk: TestDiskStore;
const contentType = 'image/png';

beforeAll(async () => {
  disk = await aDiskStore({ idleMs: 300, leastBytesPerSecond: 16 * 1024 });
});
afterAll(() => disk.stop());
afterEach(() => {
  vi.useRealTimers();
});

let nth = 0;
async function anAddress(bytes: number, expiresInSeconds = 60) {
  const key = `uploads/file-${nth++}`;
  const upload = await disk.store.signUpload(key, { contentType, bytes, expiresInSeconds });
  return { key, upload, url: new URL(upload.url) };
}

function send(url: string | URL, body: BodyInit, headers: Record<string, string> = { 'Content-Type': contentType }) {
  return fetch(url, { method: 'PUT', body, headers });
}

/** Everything below the root that is neither an object we know of nor its description. */
async function leftovers(): Promise<string[]> {
  return (await readdir(join(disk.config.root, '.incoming'))).filter((name) => name !== '');
}

/** A client that says what it likes. */
async function speak(lines: string[]): Promise<{ socket: Socket; answer: Promise<string> }> {
  const { hostname, port } = new URL(disk.config.baseUrl);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const answer = new Promise<string>((resolve) => {
    socket.once('error', () => {}).once('close', () => resolve(Buffer.concat(chunks).toString()));
  });
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return { socket, answer };
}

const headLines = (url: URL, ...more: string[]) => [
  `PUT ${url.pathname}${url.search} HTTP/1.1`,
  `Host: ${url.host}`,
  `Content-Type: ${contentType}`,
  ...more,
];

test('the bytes that were promised arrive, and are known by their type', async () => {
  const { key, upload } = await anAddress(5);
  expect(upload).toMatchObject({ method: 'PUT', headers: { 'Content-Type': contentType } });
  const answer = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: 'hello' });
  expect([answer.status, await answer.json()]).toEqual([200, { bytes: 5 }]);
  expect(await disk.store.head(key)).toMatchObject({ bytes: 5, contentType });
  expect(Buffer.from(await disk.store.get(key)).toString()).toBe('hello');
});

test('an empty file arrives as an empty file', async () => {
  const { key, upload } = await anAddress(0);
  expect((await send(upload.url, '')).status).toBe(200);
  expect(await disk.store.head(key)).toMatchObject({ bytes: 0, contentType });
  expect((await disk.store.get(key)).byteLength).toBe(0);
});

test.each([
  ['more bytes than were promised', '123456', contentType, 413, 'too_large'],
  ['fewer bytes than were promised', '1234', contentType, 400, 'too_small'],
  ['another type', '12345', 'text/html', 415, 'wrong_type'],
  ['the type with something added', '12345', `${contentType}; charset=utf-8`, 415, 'wrong_type'],
])('%s are refused, and leave nothing', async (_, body, type, status, error) => {
  const { key, upload } = await anAddress(5);
  const answer = await send(upload.url, body, { 'Content-Type': type });
  expect([answer.status, await answer.json()]).toEqual([
    status,
    { error, sentence: expect.stringMatching(/^[A-Z].*\.$/) },
  ]);
  expect(await disk.store.head(key)).toBeNull();
  expect(await leftovers()).toEqual([]);
});

test('a sender of far too much is told so, not cut off without a word', async () => {
  const { upload } = await anAddress(5);
  const answer = await send(upload.url, Buffer.alloc(8 * 1024 * 1024));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ error: 'too_large' });
});

test('a body without a length is refused', async () => {
  const { key, upload } = await anAddress(5);
  const body = new Blob(['12345']).stream();
  const answer = await fetch(upload.url, {
    method: 'PUT',
    body,
    headers: upload.headers,
    duplex: 'half',
  } as RequestInit);
  expect([answer.status, await answer.json()]).toMatchObject([411, { error: 'no_length' }]);
  expect(await disk.store.head(key)).toBeNull();
});

test('an encoded body is refused', async () => {
  const { upload } = await anAddress(5);
  const answer = await send(upload.url, '12345', { 'Content-Type': contentType, 'Content-Encoding': 'gzip' });
  expect(answer.status).toBe(415);
});

test('an upload address takes no other words than its own', async () => {
  const { url } = await anAddress(5);
  const changes: ((u: URL) => void)[] = [
    (u) => u.searchParams.set('n', '6'),
    (u) => u.searchParams.delete('n'),
    (u) => u.searchParams.set('n', '5.0'),
    (u) => u.searchParams.set('t', 'text/html'),
    (u) => u.searchParams.delete('t'),
    (u) => u.searchParams.set('e', '99999999999'),
    (u) => u.searchParams.set('d', 'x'),
    (u) => {
      u.pathname = '/files/public/elsewhere';
    },
    (u) => u.searchParams.delete('s'),
  ];
  for (const change of changes) {
    const changed = new URL(url);
    change(changed);
    const answer = await send(changed, '12345');
    expect([changed.search, answer.status]).toEqual([changed.search, 403]);
  }
  expect((await fetch(url)).status).toBe(403);
});

test('an expired upload address is refused', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { upload } = await anAddress(5, 60);
  vi.setSystemTime(upload.expiresAt);
  const answer = await send(upload.url, '12345');
  expect([answer.status, await answer.json()]).toMatchObject([403, { error: 'expired' }]);
});

test('a file that has arrived cannot be exchanged through the same address', async () => {
  const { key, upload } = await anAddress(5);
  expect((await send(upload.url, 'first')).status).toBe(200);
  const again = await send(upload.url, 'other');
  expect([again.status, await again.json()]).toMatchObject([409, { error: 'already_there' }]);
  expect(Buffer.from(await disk.store.get(key)).toString()).toBe('first');
});

test('of many uploads to one address at once exactly one is kept, whole', async () => {
  const size = 300_000;
  const { key, upload } = await anAddress(size);
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => send(upload.url, Buffer.alloc(size, n + 1))));
  const statuses = answers.map((answer) => answer.status).sort();
  expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
  const kept = await disk.store.get(key);
  const winner = answers.findIndex((answer) => answer.status === 200) + 1;
  expect(Buffer.from(kept).equals(Buffer.alloc(size, winner))).toBe(true);
  expect(await leftovers()).toEqual([]);
});

test('a sender who hangs up leaves nothing, and can send again', async () => {
  const { key, upload, url } = await anAddress(1000);
  const { socket } = await speak(headLines(url, 'Content-Length: 1000'));
  socket.write(Buffer.alloc(500));
  await vi.waitFor(async () => expect(await leftovers()).toHaveLength(1));
  socket.destroy();
  await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
  expect(await disk.store.head(key)).toBeNull();
  expect((await send(upload.url, Buffer.alloc(1000))).status).toBe(200);
});

test('a sender who falls silent is let go with a word, and leaves nothing', async () => {
  const { key, url } = await anAddress(1000);
  const { socket, answer } = await speak(headLines(url, 'Content-Length: 1000'));
  socket.write(Buffer.alloc(500));
  await vi.waitFor(async () => expect(await leftovers()).toHaveLength(1));
  expect(await answer).toMatch(/^HTTP\/1\.1 408 .*"too_slow"/s);
  expect(await leftovers()).toEqual([]);
  expect(await disk.store.head(key)).toBeNull();
});

test('a trickle that never stops is cut off as well', async () => {
  const hasty = await aDiskStore({ idleMs: 10_000, leastBytesPerSecond: 16 * 1024 });
  vi.useFakeTimers({ toFake: ['performance'] });
  const upload = await hasty.store.signUpload('uploads/slow', { contentType, bytes: 1000, expiresInSeconds: 60 });
  const url = new URL(upload.url);
  const req = request(url, { method: 'PUT', headers: { ...upload.headers, 'Content-Length': 1000 } });
  const status = new Promise((resolve, reject) => {
    req.once('response', (res) => {
      res.resume();
      resolve(res.statusCode);
      req.destroy();
    });
    req.once('error', reject);
  });
  req.write(Buffer.alloc(1));
  await vi.waitFor(async () => expect(await readdir(join(hasty.config.root, '.incoming'))).toHaveLength(1));
  vi.advanceTimersByTime(61_000);
  req.write(Buffer.alloc(1));
  expect(await status).toBe(408);
  vi.useRealTimers();
  await vi.waitFor(async () => expect(await readdir(join(hasty.config.root, '.incoming'))).toEqual([]));
  await hasty.stop();
});

test('a sender who lies about the length gets no further than the length', async () => {
  const { key, url } = await anAddress(5);
  const { socket, answer } = await speak(headLines(url, 'Content-Length: 5', 'Connection: close'));
  socket.write('12345678901234567890');
  expect(await answer).toMatch(/^HTTP\/1\.1 (200|400) /);
  await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
  const kept = (await disk.store.head(key)) && Buffer.from(await disk.store.get(key)).toString();
  expect([null, '12345']).toContain(kept);
});

test.each([
  ['both a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '5\r\n12345\r\n0\r\n\r\n'],
  ['a negative length', ['Content-Length: -5'], '12345'],
  ['two lengths', ['Content-Length: 5', 'Content-Length: 6'], '12345'],
  ['no length at all', [], ''],
])('%s is refused', async (_, lines, body) => {
  const { key, url } = await anAddress(5);
  const { socket, answer } = await speak(headLines(url, ...lines, 'Connection: close'));
  socket.write(body);
  expect(await answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(await disk.store.head(key)).toBeNull();
  await vi.waitFor(async () => expect(await leftovers()).toEqual([]));
});

test('40 MB pass through without being held in memory', async () => {
  const bytes = 40 * 1024 * 1024;
  const { key, upload, url } = await anAddress(bytes);
  const req = request(url, { method: 'PUT', headers: { ...upload.headers, 'Content-Length': bytes } });
  const status = new Promise((resolve, reject) => {
    req.once('response', (res) => resolve(res.resume().statusCode)).once('error', reject);
  });
  const chunk = Buffer.alloc(64 * 1024, 7);
  const before = bytesHeld();
  let most = 0;
  for (let sent = 0; sent < bytes; sent += chunk.length) {
    if (!req.write(chunk)) await new Promise((resolve) => req.once('drain', resolve));
    if (sent % (4 * 1024 * 1024) === 0) most = Math.max(most, bytesHeld() - before);
  }
  req.end();
  expect(await status).toBe(200);
  expect(most).toBeLessThan(8 * 1024 * 1024);
  expect(await disk.store.head(key)).toMatchObject({ bytes });
});

test('a reader who leaves in the middle does not keep the file open', async () => {
  const { key, upload } = await anAddress(4_000_000);
  await send(upload.url, Buffer.alloc(4_000_000));
  const openFiles = async () => (process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0);
  const before = await openFiles();
  for (let n = 0; n < 20; n++) {
    const leaving = new AbortController();
    const answer = await fetch(await disk.store.signDownload(key), { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
  }
  await vi.waitFor(async () => expect(await openFiles()).toBeLessThan(before + 10));
});
