import { readFileSync } from 'node:fs';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { createQueue } from '@repo/jobs';
import { signal } from '@repo/telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMetrics } from '../src/telemetry/metrics.ts';
import { houseNumbersOf } from '../src/telemetry/read-house-numbers.ts';
import { metricsAnswerer } from '../src/telemetry/serve-metrics.ts';
import { aHouse, ask } from './http-house.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const queue = createQueue({ url: database.url, catalog: [], onError: () => {} });
  await queue.start();
  await queue.stop();
});
afterAll(() => database.close());

async function aWatchedHouse(token?: string) {
  let readings = 0;
  const read = houseNumbersOf(database.db);
  const metrics = createMetrics({
    app: 'web',
    pools: database.db.use,
    house: () => {
      readings += 1;
      return read();
    },
  });
  const house = await aHouse({
    metrics: metricsAnswerer(metrics.registry, { token }),
    onAnswer: metrics.onAnswer,
    routeOf: () => '/ads/:id',
  });
  return { house, metrics, readings: () => readings };
}

test('numbers are told by pattern and never by id, and the database is asked once for many readers', async () => {
  const { house, metrics, readings } = await aWatchedHouse();
  for (const id of ['17', '18', 'nonsense']) await ask(house, `/ads/${id}`);
  signal({ type: 'cache', cache: 'feed', hit: true });
  signal({ type: 'job', job: 'asset.check', outcome: 'done', ms: 12 });
  const generation = { kind: 'image.edit', model: 'google/gemini', status: 'done' } as const;
  signal({ type: 'generation', feature: 'remix', ...generation });
  const [{ status, text }] = await Promise.all([ask(house, '/metrics'), ask(house, '/metrics')]);
  await ask(house, '/metrics');
  expect(status).toBe(200);
  expect(text).toContain('remixify_requests_total{method="GET",route="/ads/:id",status="200",app="web"} 3');
  expect(text).not.toContain('nonsense');
  expect(text).toContain('remixify_cache_total{cache="feed",result="hit",app="web"} 1');
  expect(text).toContain('remixify_job_seconds_count{app="web",job="asset.check",outcome="done"} 1');
  expect(text).toContain(
    'remixify_generations_total{feature="remix",kind="image.edit",model="google/gemini",status="done",app="web"} 1',
  );
  expect(text).toContain('remixify_db_pool{pool="main",state="in_use",app="web"}');
  expect(text).toContain('remixify_db_pool{pool="walled",state="waiting",app="web"} 0');
  expect(text).toContain('remixify_stored_bytes{app="web"} 0');
  expect(text).toMatch(/remixify_nodejs_eventloop_lag_p99_seconds/);
  expect(readings()).toBe(1);
  metrics.close();
});

test('only this machine may read them, and nobody through a proxy; with a token, whoever brings it', async () => {
  const open = await aWatchedHouse();
  expect((await ask(open.house, '/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(404);
  const closed = await aWatchedHouse('a-token-of-16-chars');
  expect((await ask(closed.house, '/metrics')).status).toBe(404);
  const asks = (authorization: string) => ask(closed.house, '/metrics', { headers: { authorization } });
  expect((await asks('Bearer a-token-of-16-charz')).status).toBe(404);
  expect((await asks('Bearer a-token-of-16-chars')).status).toBe(200);
  open.metrics.close();
  closed.metrics.close();
});

test('the documentation names every number of ours, and no other', async () => {
  const { metrics } = await aWatchedHouse();
  const own = metrics.registry
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => !/^remixify_(nodejs|process)_/.test(name));
  const documented = [
    ...readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8').matchAll(/^\| `(remixify_\w+)`/gm),
  ].map(([, name]) => name);
  expect(documented.sort()).toEqual(own.sort());
  metrics.close();
});
