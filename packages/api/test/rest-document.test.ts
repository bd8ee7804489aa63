import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter, openApiDocument } from '../src/index.server.ts';
import { type AccessCase, accessTable, answerFor, aScene, type Scene, type Who } from '../src/policy/index.ts';
import type { Operation } from '../src/rest/openapi.ts';
import { restRoutes } from '../src/rest/rest-routes.ts';
import { aHouse, type House } from './api-house.ts';
import { aRestHouse, type RestAnswer, type RestHouse } from './rest-house.ts';

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    template,
    method: method.toUpperCase(),
    procedure: String(operation['x-procedure']),
    operation,
  })),
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
for (const name of ['uuid', 'date', 'email', 'uri']) ajv.addFormat(name, true);
ajv.addSchema(document, 'document');

/** What the document says an answer of this status holds, and where the answer does not. */
function differences(operation: Operation, type: string, status: number, body: unknown): unknown {
  const said = operation.responses[String(status)]?.content?.[type]?.schema;
  if (!said) return `the document knows no ${type} with ${status}`;
  return misfits(said, body);
}

function misfits(schema: object, value: unknown): unknown {
  const mended = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
  const validate = ajv.compile(mended);
  return validate(value) ? null : validate.errors;
}

let house: House;
let rest: RestHouse;
let scene: Scene;
beforeAll(async () => {
  house = await aHouse();
  rest = await aRestHouse(house);
  scene = await aScene(house);
});
afterAll(async () => {
  await rest.close();
  await house.close();
});

test('every procedure with an address stands in the document, with an example to call it by', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { meta?: { rest: string | null } } }>,
  );
  const addressed = procedures.filter(([, { _def }]) => _def.meta?.rest).map(([path]) => path);
  expect(operations.map(({ procedure }) => procedure).sort()).toEqual(addressed.sort());
  expect(addressed.filter((path) => !accessTable[path]?.length)).toEqual([]);
});

/** Whoever may do it, among those of the scene; nobody where even the best of cases is a refusal. */
const whoMay = (entry: AccessCase): Who =>
  (['person', 'staff', 'stranger'] as const).find((who) => answerFor(entry, who).refusal === null) ?? 'person';

async function callLive(
  template: string,
  method: string,
  procedure: string,
  more: Record<string, unknown> = {},
): Promise<{ answer: RestAnswer; entry: AccessCase; who: Who }> {
  const entry =
    accessTable[procedure]!.find((one) => answerFor(one, whoMay(one)).refusal === null) ?? accessTable[procedure]![0]!;
  const who = whoMay(entry);
  const given = { ...((await entry.input(scene, who)) as Record<string, unknown> | undefined), ...more };
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(given[name]);
    delete given[name];
    return encodeURIComponent(value);
  });
  const actor = scene.actors[who];
  if (method !== 'GET') return { answer: await rest.ask(actor, method, path, { json: given }), entry, who };
  const query = Object.entries(given).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const address = query.length === 0 ? path : `${path}?${new URLSearchParams(query as [string, string][])}`;
  return { answer: await rest.ask(actor, method, address), entry, who };
}

const plain = operations.filter(({ operation }) => operation.responses['200']!.content?.['application/json']);

const restRoute = (procedure: string) => restRoutes().find((one) => one.procedure === procedure)!;

describe('an example is what its schema says, and what the procedure takes', () => {
  test.each(operations)('$method $template', ({ procedure, operation }) => {
    const bodies = [operation.requestBody, operation.responses['200']].flatMap((one) =>
      Object.values(one?.content ?? {}),
    );
    for (const { schema, example, examples = {} } of bodies) {
      const shown = [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
      expect(shown).not.toEqual([]);
      for (const one of shown) expect(misfits(schema, one)).toBeNull();
    }
    const { input, params } = restRoute(procedure);
    const body = operation.requestBody?.content['application/json'];
    if (!body) return;
    const inPath = Object.fromEntries(params.map((name) => [name, '0199aa00-0000-7000-8000-000000000001']));
    for (const value of [body.example, ...Object.values(body.examples ?? {}).map((one) => one.value)]) {
      if (value) expect(input!.safeParse({ idempotencyKey: 'press-1234', ...value, ...inPath }).error).toBeUndefined();
    }
  });
});

describe('a live answer is what the document says', () => {
  test.each(plain)('$method $template', async ({ template, method, procedure, operation }) => {
    const { answer, entry, who } = await callLive(template, method, procedure);
    expect(answer.status, answer.text).toBe(answerFor(entry, who).refusal === null ? 200 : answer.status);
    expect(differences(operation, 'application/json', answer.status, answer.body)).toBeNull();
    expect(rest.bugs).toEqual([]);
  });
});

describe('a field that is nobody’s is named and refused', () => {
  test.each(operations)('$method $template', async ({ template, method, procedure }) => {
    const { answer } = await callLive(template, method, procedure, { isStaff: true });
    expect(answer.body.error.details).toContainEqual({ field: 'isStaff', message: 'There is no such field here.' });
    expect({ status: answer.status, bugs: rest.bugs }).toEqual({ status: 400, bugs: [] });
  });
});

describe('a live refusal is what the document says', () => {
  test.each(plain.filter(({ operation }) => !JSON.stringify(operation['security']).includes('[{}')))(
    '$method $template, of nobody',
    async ({ template, method, operation }) => {
      const path = template.replaceAll(/\{\w+\}/g, 'no-number');
      const answer = await rest.ask(house.visitor, method, path, method === 'GET' ? {} : { json: {} });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(differences(operation, 'application/json', answer.status, answer.body)).toBeNull();
    },
  );
});

/** The messages of an event stream, until `n` of them came. */
async function hear(answer: Response, n: number): Promise<{ id?: string; event: string; data: unknown }[]> {
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  const field = (block: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const heard: { id?: string; event: string; data: unknown }[] = [];
  for (let text = ''; heard.length < n; ) {
    const { value, done } = await reader.read();
    if (done) break;
    const blocks = (text + value).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [id, event, data] = [field(block, 'id'), field(block, 'event'), field(block, 'data')];
      if (event && data) heard.push({ ...(id ? { id } : {}), event, data: JSON.parse(data) });
    }
  }
  await reader.cancel();
  return heard;
}

const streamAt = (template: string) => operations.find((one) => one.template === template)!.operation;

test('GET /events tells what happened as plain JSON, with a place to come back to', async () => {
  const hangUp = new AbortController();
  const answer = await rest.open(scene.actors.person, 'GET', '/events?after=0.0', { signal: hangUp.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const [first, second] = await hear(answer, 2);
  expect(differences(streamAt('/events'), 'text/event-stream', 200, first!.data)).toBeNull();
  expect(first!.event).toMatch(/^\w+\.\w+$/);

  const again = await rest.open(scene.actors.person, 'GET', '/events?after=0.0', {
    headers: { 'last-event-id': first!.id! },
  });
  expect((await hear(again, 1))[0]!.id).toBe(second!.id);
});

test('POST /generations/stream tells words as they come', async () => {
  const json = { kind: 'text.stream', prompt: 'a story' };
  const ask = () =>
    rest.open(scene.actors.person, 'POST', '/generations/stream', {
      json,
      headers: { 'idempotency-key': 'a-story-told-twice' },
    });
  const heard = await hear(await ask(), 1_000);
  for (const { data } of heard)
    expect(differences(streamAt('/generations/stream'), 'text/event-stream', 200, data)).toBeNull();
  expect(heard.map(({ event }) => event)).toEqual(['opened', ...Array(heard.length - 2).fill('delta'), 'end']);
  const again = await hear(await ask(), 1_000);
  expect(again[0]!.data).toEqual(heard[0]!.data);
});

test('streams refuse before they begin, in the shape of every refusal', async () => {
  for (const [method, path] of [
    ['GET', '/events'],
    ['POST', '/generations/stream'],
  ] as const) {
    const answer = await rest.ask(
      house.visitor,
      method,
      path,
      method === 'GET' ? {} : { json: { kind: 'text.stream', prompt: 'x', idempotencyKey: 'press-1234' } },
    );
    expect(answer.status).toBe(401);
    expect(differences(streamAt(path), 'application/json', 401, answer.body)).toBeNull();
  }
});
