import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { aDiskStore, type TestDiskStore } from '../src/testing.ts';

let disk: TestDiskStore;
const WORDS = 'abcdefghijklmnopqrstuvwxyz';

beforeAll(async () => {
  disk = await aDiskStore();
  await disk.store.put('public/words', Buffer.from(WORDS), { contentType: 'image/webp' });
  await disk.store.put('private/words', Buffer.from(WORDS), { contentType: 'image/png' });
});
afterAll(() => disk.stop());
afterEach(() => {
  vi.useRealTimers();
});

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** Sends a path as it is written: `fetch` would tidy it up. */
function rawGet(path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(disk.config.baseUrl);
    const req = request({ hostname, port, path, agent: false, ...options }, async (res) => {
      const chunks: Buffer[] = [];
      for await (const chunk of res) chunks.push(chunk);
      resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks).toString() });
    });
    req.on('error', reject).end();
  });
}

test('a public file is read without a signature, kept for good, and can do no harm', async () => {
  const url = await disk.store.publicUrl('public/words');
  const answer = await fetch(url);

  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(WORDS);
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({
    'content-type': 'image/webp',
    'content-length': '26',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'accept-ranges': 'bytes',
  });
  expect(headers.etag).toMatch(/^"[^"]+"$/);
  expect(headers).not.toHaveProperty('access-control-allow-origin');
  expect(headers).not.toHaveProperty('content-disposition');
});

test('HEAD says what GET would, without the bytes', async () => {
  const url = new URL(await disk.store.publicUrl('public/words'));
  const answer = await rawGet(url.pathname, { method: 'HEAD' });
  expect(answer).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': '26', 'content-type': 'image/webp' },
  });
});

test('a private file needs a signature, whether it is there or not', async () => {
  for (const key of ['private/words', 'private/none', 'publicity/words', 'public']) {
    const answer = await rawGet(`/files/${key}`);
    expect([key, answer.status]).toEqual([key, 403]);
    expect(JSON.parse(answer.body)).toMatchObject({ error: 'unsigned', sentence: expect.stringMatching(/\.$/) });
  }
});

test('a signed address reads a private file, and only privately for as long as it lasts', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1, 12, 0, 0) });
  const answer = await fetch(await disk.store.signDownload('private/words', { expiresInSeconds: 600 }));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe(`private, max-age=${3600 + 600}`);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(await answer.text()).toBe(WORDS);
});

test('a signed address stays the same within the hour, and lasts as long as was asked at every moment of it', async () => {
  const start = Date.UTC(2030, 0, 1, 12, 0, 0);
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  const first = await disk.store.signDownload('private/words', { expiresInSeconds: 600 });
  vi.setSystemTime(start + 3599_000);
  const last = await disk.store.signDownload('private/words', { expiresInSeconds: 600 });
  expect(last).toBe(first);
  vi.setSystemTime(start + 3599_000 + 600_000);
  expect((await fetch(last)).status).toBe(200);
  expect(await disk.store.signDownload('private/words', { expiresInSeconds: 600 })).not.toBe(first);
  vi.setSystemTime(start + 3600_000 + 600_000);
  const late = await fetch(last);
  expect(late.status).toBe(403);
  expect(await late.json()).toMatchObject({ error: 'expired' });
});

test('no part of a signed address can be changed', async () => {
  const url = new URL(await disk.store.signDownload('private/words', { downloadAs: 'mine.png' }));
  expect((await fetch(url)).status).toBe(200);
  const changes: ((u: URL) => void)[] = [
    (u) => u.searchParams.set('e', String(Number(u.searchParams.get('e')) + 1)),
    (u) => u.searchParams.set('e', `0${u.searchParams.get('e')}`),
    (u) => u.searchParams.set('e', '1e99'),
    (u) => u.searchParams.set('d', 'yours.exe'),
    (u) => u.searchParams.delete('d'),
    (u) => u.searchParams.set('t', 'text/html'),
    (u) => u.searchParams.set('n', '1'),
    (u) => u.searchParams.set('s', ''),
    (u) => u.searchParams.set('s', 'x'.repeat(43)),
    (u) => u.searchParams.set('s', `${u.searchParams.get('s')}=`),
    (u) => u.searchParams.set('s', `${u.searchParams.get('s')?.slice(0, -1)}_`),
    (u) => {
      u.pathname = '/files/private/other';
    },
  ];
  for (const change of changes) {
    const changed = new URL(url);
    change(changed);
    const answer = await fetch(changed);
    expect([changed.search, answer.status]).toEqual([changed.search, 403]);
    expect(await answer.json()).toMatchObject({ error: 'invalid' });
  }
  expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
});

test('another secret makes other signatures', async () => {
  const other = await aDiskStore();
  const { createObjectStore } = await import('../src/index.server.ts');
  const forger = createObjectStore({
    ...other.config,
    baseUrl: disk.config.baseUrl,
    secret: 'a secret of somebody else',
  });
  const answer = await fetch(await forger.signDownload('private/words'));
  expect(answer.status).toBe(403);
  await other.stop();
});

test('a download carries the name a person sees, and a name cannot break out of its header', async () => {
  const named = async (downloadAs: string) => {
    const answer = await fetch(await disk.store.signDownload('public/words', { downloadAs }));
    expect(answer.status).toBe(200);
    return answer.headers.get('content-disposition');
  };
  expect(await named('Größe 1.png')).toBe(
    `attachment; filename="Gr__e 1.png"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.png`,
  );
  expect(await named('a"\r\nX-Evil: 1;b.png')).toBe(
    `attachment; filename="a_X-Evil_ 1_b.png"; filename*=UTF-8''a_X-Evil_%201%3Bb.png`,
  );
  expect(await named('../../etc/passwd')).toBe(
    `attachment; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`,
  );
  expect(await named('..')).toContain('filename="download"');
  expect(await named('half a \ud83d')).toContain(`filename*=UTF-8''half%20a%20%EF%BF%BD`);
});

test.each([
  ['bytes=0-4', 206, 'abcde', 'bytes 0-4/26'],
  ['bytes=20-', 206, 'uvwxyz', 'bytes 20-25/26'],
  ['bytes=-3', 206, 'xyz', 'bytes 23-25/26'],
  ['bytes=-100', 206, WORDS, 'bytes 0-25/26'],
  ['bytes=24-999999999999999999999', 206, 'yz', 'bytes 24-25/26'],
  ['bytes=25-25', 206, 'z', 'bytes 25-25/26'],
  ['bytes=26-', 416, null, 'bytes */26'],
  ['bytes=-0', 416, null, 'bytes */26'],
  ['bytes=5-2', 200, WORDS, null],
  ['bytes=0-1,4-5', 200, WORDS, null],
  ['bytes=a-b', 200, WORDS, null],
  ['bytes=-', 200, WORDS, null],
  ['lines=0-4', 200, WORDS, null],
])('the range %s is answered %i', async (range, status, body, contentRange) => {
  const answer = await fetch(await disk.store.publicUrl('public/words'), { headers: { range } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-range')).toBe(contentRange);
  const text = await answer.text();
  if (body === null) expect(JSON.parse(text)).toMatchObject({ error: 'no_such_part' });
  else {
    expect(text).toBe(body);
    expect(answer.headers.get('content-length')).toBe(String(body.length));
  }
});

test('parts are only given of the version they belong to', async () => {
  const url = await disk.store.publicUrl('public/words');
  const whole = await fetch(url);
  const etag = whole.headers.get('etag') ?? '';
  const date = whole.headers.get('last-modified') ?? '';
  const part = (ifRange: string) => fetch(url, { headers: { range: 'bytes=0-0', 'if-range': ifRange } });
  expect((await part(etag)).status).toBe(206);
  expect((await part(date)).status).toBe(206);
  expect((await part(`W/${etag}`)).status).toBe(200);
  expect((await part('"other"')).status).toBe(200);
  expect((await part(new Date(0).toUTCString())).status).toBe(200);
});

test('a browser that has the file is not sent it again', async () => {
  const url = await disk.store.publicUrl('public/words');
  const whole = await fetch(url);
  const etag = whole.headers.get('etag') ?? '';
  const date = whole.headers.get('last-modified') ?? '';
  const ask = async (headers: Record<string, string>) => (await rawGet(new URL(url).pathname, { headers })).status;
  expect(await ask({ 'if-none-match': etag })).toBe(304);
  expect(await ask({ 'if-none-match': `"x", W/${etag}` })).toBe(304);
  expect(await ask({ 'if-none-match': '*' })).toBe(304);
  expect(await ask({ 'if-none-match': '"x"' })).toBe(200);
  expect(await ask({ 'if-none-match': '"x"', 'if-modified-since': date })).toBe(200);
  expect(await ask({ 'if-modified-since': date })).toBe(304);
  expect(await ask({ 'if-modified-since': 'nonsense' })).toBe(200);
  expect(await ask({ 'if-match': '"x"' })).toBe(412);
  expect(await ask({ 'if-match': etag })).toBe(200);
  expect(await ask({ 'if-unmodified-since': new Date(0).toUTCString() })).toBe(412);
});

test('other bytes of the same length have another tag, and an old tag is not enough for the new bytes', async () => {
  const key = 'public/changing';
  await disk.store.put(key, Buffer.from('one'), { contentType: 'text/plain' });
  const url = await disk.store.publicUrl(key);
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  await disk.store.put(key, Buffer.from('two'), { contentType: 'text/csv' });
  const answer = await fetch(url, { headers: { 'if-none-match': etag } });
  expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([200, 'two', 'text/csv']);
});

test('an empty file is sent as nothing', async () => {
  await disk.store.put('public/empty', new Uint8Array(), { contentType: 'text/plain' });
  const url = await disk.store.publicUrl('public/empty');
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '0', '']);
  expect((await fetch(url, { headers: { range: 'bytes=0-' } })).status).toBe(416);
});

test('no path leads out of the files, or to what is kept beside them', async () => {
  await writeFile(join(disk.config.root, '..', 'outside.txt'), 'secret');
  const hostile = [
    '/files/',
    '/files//public/words',
    '/files/public//words',
    '/files/public/words/',
    '/files/public/./words',
    '/files/public/../private/words',
    '/files/public/../../outside.txt',
    '/files/../outside.txt',
    '/files/public/..%2fprivate/words',
    '/files/public/%2e%2e/private/words',
    '/files/public%2fwords',
    '/files/public/%77ords',
    '/files/public/..%252fprivate%252fwords',
    '/files/public/words%00',
    '/files/public/words%00.png',
    '/files/public\\words',
    '/files/public/..\\private\\words',
    '/files/public/%5c..%5cprivate',
    '/files/C:/windows/win.ini',
    '/files/public/con',
    '/files/public/nul.png',
    '/files/public/com1',
    '/files/public/words::$DATA',
    '/files/public/words.',
    '/files/public/words ',
    '/files/PUBLIC/words',
    '/files/public/WORDS',
    '/files/.words.meta',
    '/files/public/.words.meta',
    '/files/.incoming/x',
    '/files/%c0%ae%c0%ae/outside.txt',
    '/files/public/w%C3%B6rds',
    '/files//etc/passwd',
    `/files/public/${'a'.repeat(300)}`,
    `/files/public/${'a/'.repeat(300)}a`,
    '/files/public/words#x',
  ];
  for (const path of hostile) {
    if (path.includes(' ')) continue; // node refuses to send it
    const answer = await rawGet(path);
    expect([path, answer.status, answer.body.includes(WORDS)]).toEqual([path, 404, false]);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  }
  for (const path of ['/file/public/words', '/files', '/filespublic', '/x/files/public/words', '/Files/public/words']) {
    expect([path, (await rawGet(path)).body]).toEqual([path, 'another route']);
  }
});

test('a symbolic link is not followed, be it a file, a folder or the way to one', async () => {
  const { root } = disk.config;
  await mkdir(join(root, 'public/links'), { recursive: true });
  await symlink(join(root, 'private/words'), join(root, 'public/links/file'));
  await symlink(join(root, 'private'), join(root, 'public/links/folder'));
  for (const key of ['public/links/file', 'public/links/folder/words', 'public/links/folder']) {
    expect([key, (await rawGet(`/files/${key}`)).status]).toEqual([key, 404]);
    expect(await disk.store.head(key)).toBeNull();
    await expect(disk.store.get(key)).rejects.toMatchObject({ name: 'ObjectMissing' });
  }
  await expect(
    disk.store.put('public/links/folder/new', Buffer.from('x'), { contentType: 'text/plain' }),
  ).rejects.toThrow('link');
  await disk.store.remove('public/links/folder/words');
  expect(await disk.store.head('private/words')).not.toBeNull();
  const listed: string[] = [];
  for await (const key of disk.store.list('public/links')) listed.push(key);
  expect(listed).toEqual([]);
});

test('a folder is not a file', async () => {
  await disk.store.put('public/deep/er/file', Buffer.from('x'), { contentType: 'text/plain' });
  expect((await rawGet('/files/public/deep')).status).toBe(404);
  expect((await rawGet('/files/public/deep/er/file/below')).status).toBe(404);
});

test('a file put into the folder by hand is served by the type of its name', async () => {
  await writeFile(join(disk.config.root, 'public/by-hand.png'), 'x');
  const answer = await rawGet('/files/public/by-hand.png');
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
});

test('files are read and sent, nothing else', async () => {
  for (const method of ['POST', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND']) {
    const answer = await rawGet('/files/public/words', { method });
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD, PUT']);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  }
});
