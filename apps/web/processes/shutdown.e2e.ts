import { once } from 'node:events';
import { Agent, type IncomingMessage, request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GeminiWire, startGeminiWire } from '../../../packages/ai/src/testing/gemini-wire.ts';
import { auditBooks } from '../../../tooling/chaos/audit-books.ts';
import { aPicture, askForSlot, askRest, follow } from './fleet-client.ts';
import { type Fleet, openFleet } from './open-fleet.ts';
import { startTraceCollector } from './trace-collector.ts';

let fleet: Fleet;
let vendor: GeminiWire;
let collector: Awaited<ReturnType<typeof startTraceCollector>>;
beforeAll(async () => {
  [vendor, collector] = await Promise.all([startGeminiWire({ apiKey: 'a-key-of-the-fleet' }), startTraceCollector()]);
  const traced = { GEMINI_API_KEY: vendor.apiKey, GEMINI_BASE_URL: vendor.baseUrl, GEMINI_IMAGE_MODEL: 'banana' };
  const settings = { RATE_LIMITS: 'off', DRAIN_SECONDS: '3', OTEL_EXPORTER_OTLP_ENDPOINT: collector.origin, ...traced };
  fleet = await openFleet({ webs: 1, workers: 2, storage: 'disk', settings });
});
afterAll(async () => {
  await fleet?.close();
  collector?.stop();
  await vendor?.close();
});

const VISITORS = 8;
const PRESSES = 6;
const PATIENCE_MS = 60_000;
const GEMINI = 'google/banana';

const picture = (n: number) => ({
  kind: 'image.create',
  model: 'local/effects',
  prompt: `a lighthouse in the fog, number ${n}`,
  aspectRatio: '1:1',
  priority: 'interactive',
  idempotencyKey: `fleet-press-${n}`,
});

const count = async (condition: string) =>
  (await fleet.sql.unsafe(`select 1 from generation where ${condition}`)).length;
const allEnded = () =>
  expect.poll(() => count("status not in ('done', 'failed', 'cancelled')"), { timeout: 120_000 }).toBe(0);

test('a worker that is asked to end in the middle of its work loses nothing: another one finishes it', async () => {
  const { people, proxy, sql, workers } = fleet;
  const presses = Array.from({ length: PRESSES }, (_, n) =>
    askRest(proxy.origin, '/generations', { cookie: people[2 + (n % 2)]!.cookie }, picture(n)),
  );
  const atIt = () => count('run_token is not null');
  await expect.poll(atIt, { timeout: PATIENCE_MS, interval: 20 }).toBeGreaterThan(1);
  const stopped = workers[0]!.stop(45_000);
  for (const { status } of await Promise.all(presses)) expect(status).toBe(200);
  expect(await stopped).toBe(0);
  await allEnded();
  const captures = await sql`select generation_id from ledger_entry where kind = 'capture' and amount < 0`;
  expect(await count("status = 'done'")).toBe(PRESSES);
  expect(new Set(captures.map((row) => row['generation_id'])).size).toBe(PRESSES);
  expect(captures).toHaveLength(PRESSES);
  expect((await auditBooks(sql)).filter(({ cases }) => cases.length > 0)).toEqual([]);
});

test('one press is one trace over the built programs: the request, the queue, the worker, the call of the vendor', async () => {
  const { people, proxy } = fleet;
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`;
  const who = { cookie: people[4]!.cookie, traceparent };
  expect((await askRest(proxy.origin, '/generations', who, { ...picture(50), model: GEMINI })).status).toBe(200);
  const places = () => collector.spansOf(traceId).map(({ component, name }) => `${component}: ${name}`);
  await expect
    .poll(places, { timeout: PATIENCE_MS })
    .toEqual(
      expect.arrayContaining([
        ...['web: POST /api/v1/*', 'web: enqueue generation.advance'],
        ...['worker: job generation.advance', 'worker: generation.run', 'worker: engine start', 'worker: call google'],
      ]),
    );
  const spans = collector.spansOf(traceId);
  const above = (name: string): string[] => {
    const span = spans.find((one) => one.name === name);
    const parent = spans.find(({ spanId }) => spanId === span?.parentSpanId);
    return parent ? [parent.name, ...above(parent.name)] : [];
  };
  expect(above('call google')).toContain('generation.run');
  for (const name of ['call google', 'job generation.advance']) {
    expect(above(name).at(-1)).toBe('POST /api/v1/*');
  }
  expect(vendor.requests).toHaveLength(1);
});

/** Somebody who asks again and again down one connection, until an answer says that it is the last. */
async function visit(origin: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let answered = 1; ; answered++) {
    const request = send(`${origin}/api/v1/feed`, { agent });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const body = await text(response);
    expect(response.complete).toBe(true);
    expect(JSON.parse(body)).toMatchObject({ success: response.statusCode === 200 });
    if (response.headers.connection === 'close') return answered;
  }
}

/** A request whose body stops half-way; `finish` sends the rest and resolves to the answer. */
function halfSent(method: string, url: string, headers: Record<string, string>, body: Buffer) {
  const request = send(url, { method, agent: false, headers: { ...headers, 'content-length': body.byteLength } });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  request.write(body.subarray(0, body.byteLength >> 1));
  return async () => {
    request.end(body.subarray(body.byteLength >> 1));
    const [response] = await answered;
    const body_ = await text(response);
    return { status: response.statusCode!, isWhole: response.complete, body: body_ };
  };
}

const isRefused = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() && false));
    socket.once('error', () => resolve(true));
  });

test('a web that is asked to end under load answers everything it has taken, takes nothing more, and ends by itself', async () => {
  const { people, webs } = fleet;
  const { origin, port, program } = webs[0]!;
  const who = { cookie: people[2]!.cookie };
  const bytes = await aPicture();
  const slot = await askForSlot(origin, who, bytes);
  const stream = await follow(origin, who, '0.0');
  const visitors = Promise.all(Array.from({ length: VISITORS }, () => visit(origin)));
  visitors.catch(() => {});
  const json = { 'content-type': 'application/json', ...who };
  const press = halfSent('POST', `${origin}/api/v1/generations`, json, Buffer.from(JSON.stringify(picture(100))));
  const upload = halfSent('PUT', slot.url.replace(/^https?:\/\/[^/]+/, origin), slot.headers, bytes);
  await wait(1_000);

  const ended = program.stop(PATIENCE_MS);
  const readiness = async () => (await fetch(`${origin}/readyz`)).text();
  await expect.poll(readiness, { interval: 20 }).toBe('{"state":"stopping"}');
  expect(Math.min(...(await visitors))).toBeGreaterThan(1);
  await expect.poll(() => isRefused(port), { timeout: PATIENCE_MS, interval: 50 }).toBe(true);
  expect(await stream.ended).toBe('whole');

  const [pressed, uploaded] = await Promise.all([press(), upload()]);
  expect(pressed).toMatchObject({ status: 200, isWhole: true });
  expect(uploaded.isWhole).toBe(true);
  expect(uploaded.status).toBeLessThan(300);
  expect(await ended).toBe(0);
  await allEnded();
  expect(await count(`status = 'done' and id = '${JSON.parse(pressed.body).data.id}'`)).toBe(1);
});
