import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderError } from '@repo/ai';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { createQueue, defineJob, handleJob } from '@repo/jobs';
import { hideValues, log, sendLinesTo } from '@repo/telemetry';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readableLine } from '../../../tooling/launcher/readable-line.ts';
import { logAnswer } from '../src/http/create-http-app.ts';
import { jsonLog } from '../src/telemetry/json-log.ts';
import { aHouse, ask } from './http-house.ts';

const PROMPT = 'a purple walrus on a bicycle';
const PASSWORD = 'correct-horse-battery';
const KEY = 'AIzaSyD4nGer0usKeyOfAVendor12345';
const failing = defineJob({
  name: 'test.failing',
  input: z.object({ n: z.number() }),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 0,
  isInteractive: true,
});

const folder = mkdtempSync(join(tmpdir(), 'remixify-logs-'));
const file = join(folder, 'lines');
const fd = openSync(file, 'w');
const lines = jsonLog('web', 'info', fd);
const written = () => {
  lines.flush();
  return readFileSync(file, 'utf8');
};
const parsed = () =>
  written()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

let database: TestDatabase;
beforeAll(async () => {
  hideValues(['value-of-a-secret-setting']);
  sendLinesTo(lines.sink);
  database = await testDatabase();
});
afterAll(async () => {
  sendLinesTo(null);
  await database.close();
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

test('a request leaves one line, with its pattern and without its query', async () => {
  const house = await aHouse({ routeOf: () => '/ads/:id', onAnswer: logAnswer });
  const { headers } = await ask(house, `/ads/17?token=${PASSWORD}`);
  for (const probe of ['/healthz', '/readyz']) await ask(house, probe);
  await vi.waitFor(() => expect(parsed()).toHaveLength(1));
  expect(parsed()[0]).toMatchObject({
    level: 'info',
    app: 'web',
    msg: 'request',
    requestId: headers['x-request-id'],
    method: 'GET',
    route: '/ads/:id',
    path: '/ads/17',
    status: 200,
    ms: expect.any(Number),
    bytes: expect.any(Number),
  });
});

test('what breaks in a request or a job is told without what was typed, asked or signed with', async () => {
  const house = await aHouse({
    log: (line, error) => log.error(line, { error }),
    pages: async (request) => {
      const form = new URL(request.url).searchParams;
      // Drizzle puts the values of a query into its message, Postgres the one it could not read.
      await database.db.execute(sql`select ${form.get('prompt')}::uuid, ${PASSWORD}, ${KEY}`);
      return new Response();
    },
  });
  expect((await ask(house, `/?prompt=${encodeURIComponent(PROMPT)}`)).status).toBe(500);

  const queue = createQueue({
    url: database.url,
    catalog: [failing],
    supervise: true,
    onError: (error) => log.error('queue', { error }),
  });
  let jobId = '';
  const done = Promise.withResolvers<void>();
  const run = handleJob(failing, async () => {
    log.warn('what a job says', { prompt: PROMPT, headers: { authorization: `Bearer ${KEY}` }, n: 1 });
    log.error('its vendor', {
      error: new ProviderError('google', 'invalid', { detail: `cannot do “${PROMPT}” with ${KEY}` }),
    });
    log.error(`in words: postgres://me:${PASSWORD}@db/x, value-of-a-secret-setting, Bearer ${KEY}`);
    done.resolve();
  });
  await queue.work([run], {});
  await database.db.transaction((tx) => queue.enqueue(tx, failing, { n: 1 }));
  await done.promise;
  await queue.stop(1_000);

  const all = written();
  for (const secret of [PROMPT, 'purple walrus', PASSWORD, KEY, 'value-of-a-secret-setting']) {
    expect(all).not.toContain(secret);
  }
  const said = parsed().find(({ msg }) => msg === 'what a job says')!;
  expect(said).toMatchObject({ job: 'test.failing', n: 1, prompt: '[cut]', headers: { authorization: '[cut]' } });
  jobId = String(said['jobId']);
  expect(jobId).toMatch(/^[0-9a-f-]{36}$/);
  const broke = parsed().find(({ level, error }) => level === 'error' && error !== undefined)!;
  expect(broke['error']).toMatchObject({
    type: expect.stringMatching(/Error/),
    message: expect.stringContaining('Failed query: select $1::uuid'),
    stack: expect.stringContaining('at '),
    cause: { message: 'invalid input syntax for type uuid: "…"', code: '22P02' },
  });
});

test('at a terminal, only what went wrong disturbs the quiet', () => {
  const line = (facts: object) => JSON.stringify({ level: 'info', time: '2026-11-30T12:01:02.000Z', ...facts });
  const request = { msg: 'request', method: 'GET', path: '/ads', status: 200, ms: 12.3, requestId: randomUUID() };
  expect(readableLine(line(request))).toBeNull();
  expect(readableLine(line(request), 'debug')).toBe('12:01:02 GET /ads 200 12 ms');
  expect(readableLine(line({ ...request, status: 503 }))).toBe('12:01:02 GET /ads 503 12 ms');
  expect(readableLine(line({ msg: 'worker runs' }))).toBe('worker runs');
  expect(readableLine('Node says something')).toBe('Node says something');
  expect(readableLine(line({ level: 'error', msg: 'queue', error: { type: 'Error', message: 'away' } }))).toContain(
    'queue\n  Error: away',
  );
});
