import { once } from 'node:events';
import { connect } from 'node:net';
import { createDb } from '@repo/db';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awaySentenceOf, isDatabaseAway } from '../src/database-away.ts';
import { stopGracefully } from '../src/http/stop-gracefully.ts';
import { aHouse, ask } from './http-house.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const roomy = { atOnce: 100, perConnection: 100, memoryShare: 10, lagMs: 60_000 };

test('an answer that does not begin in time becomes a 503 that says when to come back', async () => {
  const house = await aHouse({ answerMaxMs: 50, pages: () => new Promise(() => {}), api: () => new Promise(() => {}) });
  for (const path of ['/', '/api/trpc/ads.read']) {
    expect(await ask(house, path)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  }
});

test.each([
  ['memory', { ...roomy, memoryShare: 0 }],
  ['time', { ...roomy, lagMs: -1 }],
])('a process that runs out of %s turns requests away, and still says that it lives', async (_, load) => {
  const house = await aHouse({ load });
  expect(await ask(house, '/')).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect((await ask(house, '/healthz')).status).toBe(200);
  expect((await ask(house, '/readyz')).status).toBe(200);
});

/** Pages that answer when they are told to. */
function slowPages() {
  const waiting: (() => void)[] = [];
  const pages = () => new Promise<Response>((resolve) => waiting.push(() => resolve(new Response('done'))));
  const finish = () => {
    for (const answer of waiting.splice(0)) answer();
  };
  return { pages, waiting, finish };
}

test('only so many requests are under way at once; one that ends makes room', async () => {
  const { pages, waiting, finish } = slowPages();
  const house = await aHouse({ pages, load: { ...roomy, atOnce: 2 } });
  const begun = [ask(house, '/'), ask(house, '/')];
  await expect.poll(() => waiting.length).toBe(2);
  expect((await ask(house, '/')).status).toBe(503);
  finish();
  await Promise.all(begun);
  const next = ask(house, '/');
  await expect.poll(() => waiting.length).toBe(1);
  finish();
  expect((await next).status).toBe(200);
});

test('whoever sends many requests down one connection without waiting is cut off', async () => {
  const { pages, finish } = slowPages();
  const house = await aHouse({ pages, load: { ...roomy, perConnection: 4 } });
  const socket = connect(house.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(20));
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk;
  });
  const release = setInterval(finish, 20);
  await once(socket, 'close');
  clearInterval(release);
  expect(heard.match(/^HTTP\/1\.1 200/gm)).toHaveLength(4);
  expect(heard).toContain('HTTP/1.1 503');
});

test('an address or headers beyond all measure are refused', async () => {
  const house = await aHouse();
  expect((await ask(house, `/${'a'.repeat(9_000)}`)).status).toBe(414);
  expect((await ask(house, '/', { headers: { 'x-long': 'a'.repeat(20_000) } })).status).toBe(431);
});

test('while it drains, a process says it is not ready, and still answers, and closes each connection', async () => {
  const draining = new AbortController();
  const house = await aHouse({ draining: draining.signal });
  const keepAlive = { connection: 'keep-alive' };
  expect((await ask(house, '/', { headers: keepAlive })).headers.connection).toBe('keep-alive');
  let closed = false;
  const stopped = stopGracefully(house.server, {
    draining,
    drainMs: 500,
    stopping: house.stopping,
    close: async () => {
      closed = true;
    },
  });
  expect(await ask(house, '/readyz')).toMatchObject({ status: 503, text: '{"state":"stopping"}' });
  const answer = await ask(house, '/', { headers: keepAlive });
  expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } });
  expect(closed).toBe(false);
  await stopped;
  await expect(ask(house, '/')).rejects.toThrow('ECONNREFUSED');
});

test('a statement that takes too long is given up by Postgres, and is told as such', async () => {
  const db = createDb(database.url, { max: 1, patience: { statement: 50, lock: 20, idleInTransaction: 1_000 } });
  const error: unknown = await db.$client`select pg_sleep(20)`.catch((problem: unknown) => problem);
  expect(isDatabaseAway(error)).toBe(true);
  expect(awaySentenceOf(error)).toBe('Our records took too long to answer. Nothing is lost: try again in a moment.');
  const [setting] = await db.$client`show lock_timeout`;
  expect(setting).toEqual({ lock_timeout: '20ms' });
  await db.close();
});
