import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen } from '../src/http/listen.ts';
import { staticFiles } from '../src/http/static-files.ts';
import { aHouse, ask, PAGE } from './http-house.ts';

const SECRET = 'password=hunter2 at /srv/app/secret.ts:12';
const broken = async () => {
  throw new Error(SECRET);
};

test('a page that breaks tells its visitor which request it was, and nothing of what broke', async () => {
  const house = await aHouse({ pages: broken });
  const { status, text, headers } = await ask(house, '/', { headers: PAGE });
  expect(status).toBe(500);
  expect(text).toContain('Something broke on our side');
  expect(text).toContain(headers['x-request-id']);
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain('secret.ts');
});

test('a program is told the same as JSON', async () => {
  const { text, headers } = await ask(await aHouse({ api: broken }), '/api/trpc/x');
  expect(JSON.parse(text)).toEqual({
    error: { status: 500, message: expect.stringContaining('Something broke'), requestId: headers['x-request-id'] },
  });
});

test('the log gets one line that leads from the request id to the error, without the query', async () => {
  const house = await aHouse({ pages: broken });
  const { headers } = await ask(house, '/reset?token=abc', { headers: PAGE });
  expect(house.logged).toEqual([`500 GET /reset request ${headers['x-request-id']} ${SECRET}`]);
});

test("what goes well, or is the sender's own fault, is not logged", async () => {
  const house = await aHouse({ pages: async () => new Response('no', { status: 404 }) });
  await ask(house, '/nope');
  await ask(house, '/%E0%A4%A');
  expect(house.logged).toEqual([]);
});

test('an answer that says the database is away is logged as what it is', async () => {
  const house = await aHouse({ pages: async () => new Response('away', { status: 503 }) });
  const { headers } = await ask(house, '/ads');
  expect(house.logged).toEqual([`503 GET /ads request ${headers['x-request-id']}`]);
});

test('only scripts with the nonce of this very answer may run', async () => {
  const house = await aHouse();
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const policy = String((await ask(house, '/')).headers['content-security-policy']);
      expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
      expect(policy).toContain("frame-ancestors 'none'");
      return /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1];
    }),
  );
  expect(nonces[0]).toBeTruthy();
  expect(nonces[0]).not.toBe(nonces[1]);
});

test('pictures may come from, and uploads go to, the storage that is set up, and nowhere else', async () => {
  const house = await aHouse({ storageOrigins: ['https://bucket.example'] });
  const policy = String((await ask(house, '/')).headers['content-security-policy']);
  expect(policy).toContain("img-src 'self' data: blob: https://bucket.example;");
  expect(policy).toContain("connect-src 'self' https://bucket.example;");
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'http-static-'));
  await mkdir(join(folder, 'client/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'SESSION_SECRET');
  await writeFile(join(folder, 'client/.env'), 'SESSION_SECRET');
  await writeFile(join(folder, 'client/favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'client/assets/root-abc123.js'), 'run()');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const withFiles = () =>
  aHouse({ assets: staticFiles(join(folder, 'client')), pages: async () => new Response('a page', { status: 404 }) });

test('a file whose name changes with its content is kept for a year, others for an hour', async () => {
  const house = await withFiles();
  const asset = await ask(house, '/assets/root-abc123.js');
  expect(asset).toMatchObject({ status: 200, text: 'run()' });
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await ask(house, '/favicon.svg')).headers['cache-control']).toBe('public, max-age=3600');
});

test('an asset that is not there is a 404 of its own, never a page that a cache would keep', async () => {
  const answer = await ask(await withFiles(), '/assets/root-old.js', { headers: PAGE });
  expect(answer.status).toBe(404);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text).not.toBe('a page');
});

test.each([
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/..\\..\\secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/%00/secret.txt',
  '/.env',
  '/assets/%E0%A4%A',
])('the address %s leads to no file', async (path) => {
  const answer = await ask(await withFiles(), path);
  expect([400, 403, 404]).toContain(answer.status);
  expect(answer.text).not.toContain('SESSION_SECRET');
});

test('an address under /api that nobody knows is refused as JSON', async () => {
  const answer = await ask(await aHouse(), '/api/nope', { headers: PAGE });
  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.text).error.status).toBe(404);
});

test('a port that is taken is explained with the setting to change', async () => {
  const taken = createServer().listen(0);
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(listen(express(), { port, portName: 'ADMIN_PORT' })).rejects.toThrow(
    new RegExp(`Port ${port} is taken .* ADMIN_PORT=`),
  );
  taken.close();
});
