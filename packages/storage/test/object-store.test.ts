import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ObjectStore } from '../src/port.ts';
import { aDiskStore, anS3Store } from '../src/testing.ts';
import { bytesHeld } from './bytes-held.ts';

type Kind = { store: ObjectStore; unfinished(): Promise<string[]>; stop(): Promise<void> };

const KINDS: [string, () => Promise<Kind>][] = [
  [
    'disk',
    async () => {
      const disk = await aDiskStore();
      await disk.store.put('first', Buffer.from('x'), { contentType: 'text/plain' });
      return { ...disk, unfinished: () => readdir(join(disk.config.root, '.incoming')) };
    },
  ],
  ...[
    { named: 'a bucket by path', changes: { forcePathStyle: true } },
    {
      named: 'a bucket by host name that takes only what is to be encrypted with one key',
      changes: { forcePathStyle: false, encryption: { with: 'aws:kms' as const, kmsKeyId: 'alias/remixify' } },
    },
  ].map(({ named, changes }): [string, () => Promise<Kind>] => [
    `S3, ${named}`,
    async () => {
      const { store, s3, stop } = await anS3Store(changes);
      return { store, stop, unfinished: () => readdir(s3.spoolFolder) };
    },
  ]),
];

describe.each(KINDS)('files on %s', (_, make) => {
  let kind: Kind;
  let store: ObjectStore;
  const text = { contentType: 'text/plain' };

  beforeAll(async () => {
    kind = await make();
    store = kind.store;
  });
  afterAll(() => kind.stop());
  afterEach(() => {
    vi.useRealTimers();
  });

  const keysBelow = async (prefix: string) => {
    const keys: string[] = [];
    for await (const key of store.list(prefix)) keys.push(key);
    return keys.sort();
  };
  const send = (url: string, body: BodyInit, headers: Record<string, string>) =>
    fetch(url, { method: 'PUT', body, headers });

  test('what is put is got back, with its length and type', async () => {
    const bytes = randomBytes(70_000);
    await store.put('a/pic.bin', bytes, { contentType: 'image/webp' });
    expect(Buffer.from(await store.get('a/pic.bin')).equals(bytes)).toBe(true);
    expect(await store.head('a/pic.bin')).toEqual({
      bytes: 70_000,
      contentType: 'image/webp',
      etag: expect.stringMatching(/^"[^"]+"$/),
    });
  });

  test('an empty object is empty', async () => {
    await store.put('empty/put', new Uint8Array(), text);
    await store.putStream('empty/streamed', (async function* () {})(), { ...text, bytes: 0 });
    for (const key of ['empty/put', 'empty/streamed']) {
      expect((await store.get(key)).byteLength).toBe(0);
      expect(await store.head(key)).toMatchObject({ bytes: 0, contentType: 'text/plain' });
    }
  });

  test('a later put replaces an earlier one, and its tag', async () => {
    await store.put('twice', Buffer.from('one'), text);
    const before = await store.head('twice');
    await store.put('twice', Buffer.from('two'), { contentType: 'text/csv' });
    const after = await store.head('twice');
    expect(Buffer.from(await store.get('twice')).toString()).toBe('two');
    expect(after).toMatchObject({ bytes: 3, contentType: 'text/csv' });
    expect(after?.etag).not.toBe(before?.etag);
  });

  test('what is not there is missing, and is not an error to ask after or to remove', async () => {
    expect(await store.head('none')).toBeNull();
    await expect(store.get('none')).rejects.toMatchObject({ name: 'ObjectMissing', key: 'none' });
    await expect(store.copy('none', 'nowhere')).rejects.toMatchObject({ name: 'ObjectMissing', key: 'none' });
    await store.remove('none');
    expect(await store.removeAll('none')).toBe(0);
    expect(await keysBelow('none')).toEqual([]);
  });

  test('32 MB stream in with every byte, without being held in memory', async () => {
    const piece = randomBytes(256 * 1024);
    const pieces = 128;
    const hash = createHash('sha256');
    const before = bytesHeld();
    let most = 0;
    async function* source() {
      for (let n = 0; n < pieces; n++) {
        const chunk = Buffer.from(piece);
        chunk.writeUInt32BE(n);
        hash.update(chunk);
        if (n % 16 === 0) most = Math.max(most, bytesHeld() - before);
        yield chunk;
      }
    }
    await store.putStream('big', source(), { contentType: 'video/mp4', bytes: pieces * piece.length });
    expect(most).toBeLessThan(12 * 1024 * 1024);
    expect(await store.head('big')).toMatchObject({ bytes: pieces * piece.length, contentType: 'video/mp4' });
    const back = createHash('sha256').update(await store.get('big'));
    expect(back.digest('hex')).toBe(hash.digest('hex'));
  });

  test.each([
    ['too long', 9],
    ['too short', 11],
  ])('a stream that is %s leaves nothing', async (_name, bytes) => {
    async function* source() {
      yield Buffer.from('01234');
      yield Buffer.from('56789');
    }
    await expect(store.putStream('wrong/length', source(), { ...text, bytes })).rejects.toMatchObject({
      name: 'WrongLength',
    });
    await vi.waitFor(async () => expect(await kind.unfinished()).toEqual([]));
    expect(await store.head('wrong/length')).toBeNull();
  });

  test('a stream that breaks leaves nothing, and what was there before stays', async () => {
    await store.put('broken/old', Buffer.from('old'), text);
    for (const key of ['broken/old', 'broken/new']) {
      async function* source() {
        yield Buffer.from('half');
        throw new Error('the source is gone');
      }
      await expect(store.putStream(key, source(), { ...text, bytes: 8 })).rejects.toThrow('the source is gone');
    }
    await vi.waitFor(async () => expect(await kind.unfinished()).toEqual([]));
    expect(Buffer.from(await store.get('broken/old')).toString()).toBe('old');
    expect(await keysBelow('broken')).toEqual(['broken/old']);
  });

  test('a copy is an object of its own', async () => {
    await store.put('copies/from', Buffer.from('same'), { contentType: 'image/avif' });
    await store.copy('copies/from', 'public/copies/to');
    await store.remove('copies/from');
    expect(await store.head('public/copies/to')).toMatchObject({ bytes: 4, contentType: 'image/avif' });
    expect(Buffer.from(await store.get('public/copies/to')).toString()).toBe('same');
    const answer = await fetch(await store.publicUrl('public/copies/to'));
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('a prefix is a folder: its neighbours of a longer name are not in it', async () => {
    for (const key of ['tree/a/1', 'tree/a/b/2', 'tree/a-b/3', 'tree/ab', 'tree/a.png']) {
      await store.put(key, Buffer.from(key), text);
    }
    expect(await keysBelow('tree/a')).toEqual(['tree/a/1', 'tree/a/b/2']);
    expect(await keysBelow('tree/a/')).toEqual(['tree/a/1', 'tree/a/b/2']);
    expect(await store.removeAll('tree/a')).toBe(2);
    expect(await keysBelow('tree')).toEqual(['tree/a-b/3', 'tree/a.png', 'tree/ab']);
    expect(await keysBelow('')).toContain('tree/ab');
    await expect(store.removeAll('')).rejects.toThrow('Refusing');
  });

  test('removing and putting beside each other at once loses nothing', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_name, n) => {
        await store.put(`busy/${n}/old`, Buffer.from('x'), text);
        await Promise.all([store.remove(`busy/${n}/old`), store.put(`busy/${n}/new`, Buffer.from('y'), text)]);
      }),
    );
    const expected = Array.from({ length: 30 }, (_name, n) => `busy/${n}/new`).sort();
    expect(await keysBelow('busy')).toEqual(expected);
    expect(await store.removeAll('busy')).toBe(30);
  });

  test.each([
    '',
    '/a',
    'a/',
    'a//b',
    '../a',
    'a/../b',
    './a',
    'a/.hidden',
    '.incoming/x',
    'A',
    'a b',
    'a%2fb',
    'a\\b',
    'a\0b',
    'a\nb',
    'ä',
    'con',
    'a/nul.txt',
    'com1',
    'a.',
    'a:b',
    'a?b',
    'a'.repeat(201),
    `${'a/'.repeat(260)}a`,
  ])('the key %j is refused by every method', async (key) => {
    const upload = { contentType: 'image/png', bytes: 1, expiresInSeconds: 60 };
    const attempts: (() => Promise<unknown>)[] = [
      () => store.put(key, Buffer.from('x'), text),
      () => store.putStream(key, (async function* () {})(), { ...text, bytes: 0 }),
      () => store.get(key),
      () => store.head(key),
      () => store.copy(key, 'ok'),
      () => store.copy('first', key),
      () => store.remove(key),
      () => store.signUpload(key, upload),
      () => store.signDownload(key),
      () => store.publicUrl(key),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow('is not a storage key');
  });

  test('a type that could break out of its header, a length and a time that make no sense are refused', async () => {
    const upload = { contentType: 'image/png', bytes: 1, expiresInSeconds: 60 };
    for (const contentType of ['', 'image', 'image/png\r\nX: y', 'text/html; x="y"', 'image/png,text/html']) {
      await expect(store.put('x', Buffer.from('x'), { contentType })).rejects.toThrow('media type');
      await expect(store.signUpload('x', { ...upload, contentType })).rejects.toThrow('media type');
    }
    for (const bytes of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(store.signUpload('x', { ...upload, bytes })).rejects.toThrow('number of bytes');
    }
    for (const expiresInSeconds of [0, -1, 604_800, Number.NaN]) {
      await expect(store.signUpload('x', { ...upload, expiresInSeconds })).rejects.toThrow('seconds');
      await expect(store.signDownload('x', { expiresInSeconds })).rejects.toThrow('seconds');
    }
  });

  test('a browser uploads to a signed address, and the object is as it was signed for', async () => {
    const bytes = randomBytes(3_000_000);
    const upload = await store.signUpload('up/1', {
      contentType: 'image/jpeg',
      bytes: bytes.length,
      expiresInSeconds: 60,
    });
    expect(upload.expiresAt.getTime()).toBeGreaterThan(Date.now() + 50_000);
    const answer = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes });
    expect(answer.status).toBe(200);
    expect(await store.head('up/1')).toMatchObject({ bytes: bytes.length, contentType: 'image/jpeg' });
    expect(Buffer.from(await store.get('up/1')).equals(bytes)).toBe(true);
  });

  test('an upload of another length or type, at another key or without one of its headers is refused', async () => {
    const { url, headers } = await store.signUpload('up/2', {
      contentType: 'image/jpeg',
      bytes: 5,
      expiresInSeconds: 60,
    });
    const attempts: [string, () => Promise<Response>][] = [
      ['too long', () => send(url, '123456', headers)],
      ['too short', () => send(url, '1234', headers)],
      ['empty', () => send(url, '', headers)],
      ['another type', () => send(url, '12345', { ...headers, 'Content-Type': 'text/html' })],
      ...Object.keys(headers).map((name): [string, () => Promise<Response>] => {
        const { [name]: _, ...others } = headers;
        return [`no ${name}`, () => send(url, Buffer.from('12345'), others)];
      }),
      ['another key', () => send(url.replace('up/2', 'up/3'), '12345', headers)],
      ['reading', () => fetch(url)],
    ];
    for (const [name, attempt] of attempts) {
      const { status } = await attempt();
      expect([name, status >= 400 && status < 500]).toEqual([name, true]);
    }
    expect(await keysBelow('up')).not.toContain('up/2');
    expect(await keysBelow('up')).not.toContain('up/3');
    expect((await send(url, '12345', headers)).status).toBe(200);
  });

  test('an upload address is of no use after its time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const upload = await store.signUpload('up/late', { contentType: 'image/jpeg', bytes: 5, expiresInSeconds: 60 });
    vi.setSystemTime(upload.expiresAt.getTime() + 1000);
    expect((await send(upload.url, '12345', upload.headers)).status).toBe(403);
    expect(await store.head('up/late')).toBeNull();
  });

  test('an upload that breaks off leaves nothing', async () => {
    const size = 4_000_000;
    const upload = await store.signUpload('up/aborted', {
      contentType: 'image/jpeg',
      bytes: size,
      expiresInSeconds: 60,
    });
    const { request } = await import('node:http');
    const headers = { ...upload.headers, 'Content-Length': size };
    const req = request(upload.url, { method: 'PUT', headers });
    req.on('error', () => {});
    req.write(Buffer.alloc(100_000));
    await vi.waitFor(async () => expect(await kind.unfinished()).toHaveLength(1));
    req.destroy();
    await vi.waitFor(async () => expect(await kind.unfinished()).toEqual([]));
    expect(await store.head('up/aborted')).toBeNull();
  });

  test('a private object is read by a signed address and by no other', async () => {
    await store.put('private/1', Buffer.from('secret'), { contentType: 'image/png' });
    const url = await store.signDownload('private/1');
    const answer = await fetch(url);
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
      200,
      'secret',
      'image/png',
    ]);
    expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect((await fetch(url.split('?')[0] ?? '')).status).toBe(403);
    expect((await fetch(url.replace('private/1', 'private/2'))).status).toBe(403);
    expect((await fetch(url.slice(0, -2))).status).toBe(403);
    expect((await fetch(url, { method: 'PUT', body: 'mine' })).status).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBeGreaterThanOrEqual(400);
    expect(Buffer.from(await store.get('private/1')).toString()).toBe('secret');
  });

  test('a signed address is the same within the hour, and lasts as long as was asked from any moment of it', async () => {
    await store.put('private/stable', Buffer.from('x'), text);
    const start = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    const first = await store.signDownload('private/stable', { expiresInSeconds: 60 });
    vi.setSystemTime(start + 3_599_000);
    expect(await store.signDownload('private/stable', { expiresInSeconds: 60 })).toBe(first);
    expect(await store.signDownload('private/stable', { expiresInSeconds: 61 })).not.toBe(first);
    vi.setSystemTime(start + 3_599_000 + 60_000);
    expect((await fetch(first)).status).toBe(200);
    vi.setSystemTime(start + 3_600_000 + 61_000);
    expect((await fetch(first)).status).toBe(403);
  });

  test('a download has the name that was asked for', async () => {
    await store.put('public/named', Buffer.from('x'), text);
    const url = await store.signDownload('public/named', { downloadAs: 'Größe "1".png' });
    expect((await fetch(url)).headers.get('content-disposition')).toBe(
      `attachment; filename="Gr__e _1_.png"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20_1_.png`,
    );
  });

  test('a public object has an address that needs nothing else; a private one has none', async () => {
    await store.put('public/1', Buffer.from('open'), { contentType: 'image/webp' });
    const url = await store.publicUrl('public/1');
    const answer = await fetch(url, { headers: { range: 'bytes=1-2' } });
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([206, 'pe', 'image/webp']);
    expect(await store.signDownload('public/1')).toBe(url);
    await expect(store.publicUrl('private/1')).rejects.toThrow('not below the public prefix');
  });

  test('storage that works has no problems, and the check leaves nothing behind', async () => {
    expect(await store.check()).toEqual({ ok: true, driver: store.driver, problems: [] });
    expect(await keysBelow('check')).toEqual([]);
    expect(await keysBelow('public/check')).toEqual([]);
  });
});
