import { expect, test } from 'vitest';
import { remembered } from '../src/http/health.ts';
import { aHouse, ask } from './http-house.ts';

const up = async () => {};
const down = async () => {
  throw new Error('connect ECONNREFUSED 10.1.2.3:5432');
};

test('the process says it lives while everything it needs is down', async () => {
  const house = await aHouse({ checks: { database: down, storage: down, queue: down } });
  expect(await ask(house, '/healthz')).toMatchObject({ status: 200, text: '{"state":"up"}' });
});

test('a process whose needs are met is ready, and says how long each took to answer', async () => {
  const answer = await ask(await aHouse(), '/readyz');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toEqual({
    state: 'up',
    database: { state: 'up', ms: expect.any(Number) },
    storage: { state: 'up', ms: expect.any(Number) },
    queue: { state: 'up', ms: expect.any(Number) },
    aiServices: {},
  });
});

test('one need that is down makes the process not ready, and the others are still told', async () => {
  const answer = await ask(await aHouse({ checks: { database: down, storage: up, queue: up } }), '/readyz');
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.text)).toMatchObject({
    state: 'down',
    database: { state: 'down' },
    storage: { state: 'up' },
    queue: { state: 'up' },
  });
});

test('a vendor that is away makes the process degraded, and keeps it ready', async () => {
  const house = await aHouse({ aiServices: async () => ({ local: 'up', google: 'down' }) });
  const answer = await ask(house, '/readyz');
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.text)).toMatchObject({ state: 'degraded', aiServices: { local: 'up', google: 'down' } });
});

test('readiness never tells strangers where the database is', async () => {
  const answer = await ask(await aHouse({ checks: { database: down, storage: down, queue: down } }), '/readyz');
  expect(answer.text).not.toContain('10.1.2.3');
});

test('answers about health are never kept by a cache in between', async () => {
  const house = await aHouse();
  for (const path of ['/healthz', '/readyz']) {
    expect((await ask(house, path)).headers['cache-control']).toBe('no-store');
  }
});

test('a costly check is asked once, and its answer stands for a while', async () => {
  let asked = 0;
  const check = remembered(async () => {
    asked += 1;
    throw new Error('down');
  }, 60_000);
  await expect(check()).rejects.toThrow('down');
  await expect(check()).rejects.toThrow('down');
  expect(asked).toBe(1);
});
