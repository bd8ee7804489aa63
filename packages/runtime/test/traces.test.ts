import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GeminiWire, startGeminiWire } from '@repo/ai/testing';
import { type ApiContext, appRouter } from '@repo/api';
import { createEventRelay } from '@repo/domain/events/event-relay';
import { advanceGeneration } from '@repo/domain/generation/advance-generation';
import { aWorld, type World } from '@repo/domain/testing';
import { sendSpansTo, traceparent } from '@repo/telemetry';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readEnv } from '../src/env.ts';
import { workerShelf } from '../src/models/worker-shelf.server.ts';
import { sendTraces } from '../src/telemetry/send-traces.ts';
import { aHouse, ask } from './http-house.ts';

type Sent = { traceId: string; spanId: string; parentSpanId?: string; name: string };

const PROMPT = 'a purple walrus on a bicycle';
const FROM_OUTSIDE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const traceHeader = { traceparent: `00-${FROM_OUTSIDE}-${PARENT}-01` };

let receiver: Server;
const bodies: string[] = [];
let wire: GeminiWire;
let world: World;
let sendLast: () => Promise<void>;
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    if (request.url === '/v1/traces') bodies.push(body);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  wire = await startGeminiWire({ apiKey: 'a key of the tests' });
  world = await aWorld();
  world.tools.models = workerShelf(
    readEnv({ GEMINI_API_KEY: wire.apiKey, GEMINI_BASE_URL: wire.baseUrl }),
    world.tools.outside,
  );
  world.system.models = world.tools.models;
  const { port } = receiver.address() as AddressInfo;
  sendLast = await sendTraces('test', { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  sendSpansTo(null);
  await world.close();
  await wire.close();
  receiver.close();
  receiver.closeAllConnections();
});

const spansSent = (): Sent[] =>
  bodies.flatMap((body) =>
    (JSON.parse(body).resourceSpans as { scopeSpans: { spans: Sent[] }[] }[]).flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    ),
  );

test('one remix is one trace, from the request through the queue and the worker to the call of the model', async () => {
  const person = await world.aPerson();
  const ad = await world.anAd(person);
  const desk = world.aDesk();
  await world.tools.queue.work([advanceGeneration], { ...world.system, desk });
  const { actor, addressHash, ...tools } = { ...person, ...world.tools };
  const context: ApiContext = {
    ...{ tools, actor, addressHash, requestId: 'request-1', relay: createEventRelay(world.db, () => {}) },
    becomeGuest: async () => actor,
  };
  const told: (string | undefined)[] = [];
  const house = await aHouse({
    trustProxy: 1,
    onAnswer: (answered) => told.push(answered.told.traceId),
    api: (req) => fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter, createContext: () => context }),
  });
  const input = { adId: ad.id, prompt: PROMPT, model: 'auto', idempotencyKey: randomUUID() };
  const answer = await ask(house, '/api/trpc/remixes.request', {
    method: 'POST',
    headers: { ...traceHeader, 'content-type': 'application/json' },
    body: JSON.stringify({ json: input }),
  });
  expect(answer.status, answer.text).toBe(200);
  const mine = () => spansSent().filter(({ traceId }) => traceId === FROM_OUTSIDE);
  const ofName = (name: string) => mine().find((span) => span.name === name);
  await vi.waitFor(
    () => {
      for (const name of ['engine keep', 'generation.run', 'job generation.advance'])
        expect(ofName(name)).toBeDefined();
    },
    { timeout: 20_000, interval: 100 },
  );
  const tree = {
    'POST /api/trpc/*': null,
    'mutation remixes.request': 'POST /api/trpc/*',
    'enqueue generation.advance': 'mutation remixes.request',
    'job generation.advance': 'enqueue generation.advance',
    'generation.run': 'mutation remixes.request',
    'engine start': 'generation.run',
    'call google': 'engine start',
    'engine keep': 'generation.run',
  };
  for (const [name, parent] of Object.entries(tree)) {
    expect(ofName(name)?.parentSpanId, name).toBe(parent === null ? PARENT : ofName(parent)!.spanId);
  }
  expect(wire.requests).toHaveLength(1);
  expect(told).toEqual([FROM_OUTSIDE]);
  for (const secret of [PROMPT, 'purple', wire.apiKey]) expect(bodies.join()).not.toContain(secret);
});

test('a trace that an asker names is not gone on with, unless a proxy of ours stands in front', async () => {
  const asked: (string | undefined)[] = [];
  const pages = async () => {
    asked.push(traceparent());
    return new Response('hello');
  };
  await ask(await aHouse({ pages }), '/', { headers: traceHeader });
  await ask(await aHouse({ pages, trustProxy: 1 }), '/', { headers: traceHeader });
  expect(asked[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(asked.map((trace) => trace?.includes(FROM_OUTSIDE))).toEqual([false, true]);
});

test('what was not sent yet is sent at the end, and without the settings nothing is traced', async () => {
  await ask(await aHouse({ routeOf: () => '/the/last/:page' }), '/the/last/1');
  await sendLast();
  expect(spansSent().map(({ name }) => name)).toContain('GET /the/last/:page');
  await sendTraces('test', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_SDK_DISABLED: true });
  await sendTraces('test', {});
  expect(traceparent()).toBeUndefined();
});
