import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { log, runTold, sendLinesTo } from '@repo/telemetry';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { alsoReport, sentryReporter } from '../src/telemetry/report-errors.ts';

type Posted = { url: string | undefined; auth: unknown; lines: Record<string, unknown>[]; text: string };

let sentry: Server;
let dsn: string;
let posted: Posted[] = [];
let written: string[] = [];
const clock = { now: new Date('2026-11-30T12:00:00Z') };
beforeAll(async () => {
  sentry = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const lines = text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    posted.push({ url: request.url, auth: request.headers['x-sentry-auth'], lines, text });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(sentry, 'listening');
  dsn = `http://publickey@127.0.0.1:${(sentry.address() as AddressInfo).port}/sub/7`;
});
afterAll(() => {
  sendLinesTo(null);
  sentry.close();
  sentry.closeAllConnections();
});
beforeEach(() => {
  posted = [];
  written = [];
  report(dsn);
});

function report(to: string) {
  const reporter = sentryReporter(to, { app: 'web', release: '1.2.3', now: () => clock.now });
  sendLinesTo(alsoReport((_level, message) => written.push(message), reporter));
}

test('an error is posted with its cause and whose it was, without what was typed or signed with', async () => {
  const query = new Error('Failed query: select $1\nparams: a purple walrus', { cause: new TypeError('inner') });
  runTold({ requestId: 'request-1', userId: 'user-1', traceId: 'trace-1' }, () =>
    log.error('it broke: Bearer abcdef0123456789', { error: query, prompt: 'a purple walrus', n: 3 }),
  );
  log.error('only words');
  log.warn('only a warning', { error: query });
  await vi.waitFor(() => expect(posted).toHaveLength(1));
  const [{ url, auth, lines, text }] = posted as [Posted];
  expect(url).toBe('/sub/api/7/envelope/');
  expect(auth).toContain('sentry_key=publickey');
  expect(lines[1]).toEqual({ type: 'event' });
  expect(lines[2]).toMatchObject({
    event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    release: '1.2.3',
    message: 'it broke: Bearer [cut]',
    tags: { app: 'web', requestId: 'request-1', traceId: 'trace-1' },
    user: { id: 'user-1' },
    extra: { prompt: '[cut]', n: 3 },
    exception: {
      values: [
        { type: 'TypeError', value: 'inner' },
        { type: 'Error', value: 'Failed query: select $1' },
      ],
    },
  });
  const { values } = lines[2]!['exception'] as { values: { stacktrace?: { frames: { filename: string }[] } }[] };
  expect(values[1]!.stacktrace!.frames.at(-1)!.filename).toContain('report-errors.test.ts');
  expect(text).not.toContain('walrus');
  expect(written).toHaveLength(3);
});

test('a storm of errors is thirty reports a minute, and every line of the log', async () => {
  for (let n = 0; n < 50; n += 1) log.error('again', { error: new Error('the same') });
  await vi.waitFor(() => expect(posted).toHaveLength(30));
  expect(written).toHaveLength(50);
  clock.now = new Date(clock.now.getTime() + 60_000);
  log.error('a minute later', { error: new Error('the same') });
  await vi.waitFor(() => expect(posted).toHaveLength(31));
  expect(posted[30]!.lines[2]).toMatchObject({ message: 'a minute later' });
});

test('nobody who logs an error hears that it could not be reported', async () => {
  report('http://publickey@127.0.0.1:9/7');
  log.error('nobody listens there', { error: new Error('x') });
  const round: Record<string, unknown> = {};
  round['self'] = round;
  report(dsn);
  log.error('it goes round in circles', { error: new Error('y'), round, big: 1n });
  await vi.waitFor(() => expect(posted).toHaveLength(1));
  expect(written).toHaveLength(2);
});
