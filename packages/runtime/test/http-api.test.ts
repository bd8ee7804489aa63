import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { events, users } from '@repo/db';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { answerApi } from '../src/answer-api.server.ts';
import { accountsFor, apiFor } from '../src/remix/api-for.ts';
import { paramsOf } from '../src/remix/params-of.ts';
import { sharedAmongVisitors } from '../src/remix/shared-among-visitors.ts';
import { submit } from '../src/remix/submit.ts';
import { toolbox } from '../src/tools.server.ts';
import { aHouse, ask, type House, PAGE } from './http-house.ts';
import { anApp } from './http-remix-house.tsx';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'http-api-'))]);
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('SESSION_SECRET', 'a-secret-of-the-tests-with-32-characters');
  vi.stubEnv('ENCRYPTION_KEYS', '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=');
  vi.stubEnv('DATA_DIR', folder);
});
afterAll(async () => {
  await toolbox().close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const NOBODYS_AD = '0199aa00-0000-7000-8000-000000000000';
const report = (idempotencyKey: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ json: { target: { adId: NOBODYS_AD }, reason: 'It is not ours.', idempotencyKey } }),
});
const cookieOf = (headers: IncomingMessage['headers']) => headers['set-cookie']?.[0]?.split(';')[0] ?? '';
const countUsers = () => database.db.$count(users);

async function aGuest(house: House): Promise<string> {
  return cookieOf((await ask(house, '/api/trpc/moderation.report', report(crypto.randomUUID()))).headers);
}

test('reading makes nobody a guest', async () => {
  const before = await countUsers();
  const answer = await ask(await aHouse({ api: answerApi }), '/api/trpc/credits.balance');
  expect(JSON.parse(answer.text).result.data.json).toMatchObject({ credits: 20, isGuest: true });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(await countUsers()).toBe(before);
});

test('the first write makes a guest, whose cookie no script can read and no cache keeps', async () => {
  const house = await aHouse({ api: answerApi });
  const { headers } = await ask(house, '/api/trpc/moderation.report', report('press-one-1234'));
  expect(headers['set-cookie']?.[0]).toMatch(/^remixify\.session_token=.*HttpOnly.*SameSite=Lax/);
  expect(headers['cache-control']).toContain('no-store');
  const mine = await ask(house, '/api/trpc/brands.mine', { headers: { cookie: cookieOf(headers) } });
  expect(mine.status).toBe(200);
});

test('a double click of a visitor makes one guest', async () => {
  const house = await aHouse({ api: answerApi });
  const before = await countUsers();
  const answers = await Promise.all(
    [1, 2].map(() => ask(house, '/api/trpc/moderation.report', report('press-two-1234'))),
  );
  expect(answers.every(({ headers }) => headers['set-cookie'])).toBe(true);
  expect(await countUsers()).toBe(before + 1);
});

test('a batch carries at most ten calls', async () => {
  const house = await aHouse({ api: answerApi });
  const batch = (size: number) =>
    ask(house, `/api/trpc/${Array(size).fill('credits.balance').join(',')}?batch=1&input={}`);
  expect((await batch(10)).status).toBe(200);
  expect((await batch(11)).status).toBe(400);
});

test("what happens to a person's things reaches them at once, and again from where they left off", async () => {
  const house = await aHouse({ api: answerApi });
  const cookie = await aGuest(house);
  const [guest] = (await database.db.select().from(users)).sort(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  );
  const happen = (verb: string) =>
    database.db
      .insert(events)
      .values({ actorKind: 'system', noun: 'generation', nounId: NOBODYS_AD, verb, audienceId: guest!.id });

  const follow = async (lastEventId: string | null) => {
    const input = encodeURIComponent(JSON.stringify({ json: { lastEventId } }));
    const headers = { accept: 'text/event-stream', cookie };
    const request = send({
      host: '127.0.0.1',
      port: house.port,
      path: `/api/trpc/live.mine?input=${input}`,
      agent: false,
      headers,
    });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let seen = '';
    response.on('data', (piece) => {
      seen += piece;
    });
    return { seen: () => seen, stop: () => request.destroy() };
  };

  const first = await follow(null);
  await expect.poll(first.seen).toContain('event: connected');
  // "From now on" begins a moment after the stream says that it is connected: until then, nothing is promised.
  const hearAgain = async () => {
    await happen('knocked');
    return first.seen();
  };
  await expect.poll(hearAgain, { timeout: 10_000, interval: 300 }).toContain('"verb":"knocked"');
  await happen('started');
  await expect.poll(first.seen, { timeout: 10_000 }).toContain('"verb":"started"');
  const id = [...first.seen().matchAll(/id: (\S+)/g)].at(-1)?.[1];
  first.stop();

  await happen('finished');
  const second = await follow(id!);
  await expect.poll(second.seen, { timeout: 10_000 }).toContain('"verb":"finished"');
  expect(second.seen()).not.toContain('"verb":"started"');
  second.stop();
});

let reads = 0;
const app = (errors: unknown[] = []) =>
  anApp(
    {
      'ads/:id': {
        loader: async ({ request, params }) => {
          const { id } = paramsOf(z.object({ id: z.uuid() }), params);
          return (await apiFor(request)).ads.byId({ id });
        },
      },
      mine: { loader: async ({ request }) => (await apiFor(request)).remixes.mine({}) },
      shared: {
        loader: ({ request }) => sharedAmongVisitors(request, 'shared', async () => ({ read: `read ${++reads}` })),
      },
      places: { loader: ({ request }) => accountsFor(request).listSessions() },
      report: {
        action: ({ request }) =>
          submit(request, z.object({ reason: z.string().min(3, 'Say a little more.') }), async ({ reason }) => {
            await (await apiFor(request)).moderation.report({ target: { adId: NOBODYS_AD }, reason });
            return { done: true };
          }),
      },
      upload: {
        action: ({ request }) =>
          submit(request, z.object({ title: z.string() }), async () => (await apiFor(request)).brands.mine()),
      },
      broken: {
        loader: () => {
          throw new Error('select secret from vault');
        },
      },
    },
    errors,
  );

test('visitors who come at the same time share what a page reads, and whoever is somebody reads by themselves', async () => {
  const house = await aHouse({ pages: app(), api: answerApi });
  const cookie = await aGuest(house);
  await ask(house, '/shared', { headers: PAGE });
  reads = 0;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const visitors = await Promise.all(Array.from({ length: 5 }, () => ask(house, '/shared', { headers: PAGE })));
  expect(visitors.every(({ text }) => text.includes('read 1'))).toBe(true);
  const guests = await Promise.all([1, 2].map(() => ask(house, '/shared', { headers: { ...PAGE, cookie } })));
  expect(guests.some(({ text }) => text.includes('read 1'))).toBe(false);
  expect(reads).toBe(3);
});

test.each([`/ads/${NOBODYS_AD}`, '/ads/not-a-number', '/nowhere'])(
  '%s is a missing page with a way on',
  async (path) => {
    const answer = await ask(await aHouse({ pages: app() }), path, { headers: PAGE });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('There is nothing here');
    expect(answer.text).toContain('href="/"');
    expect(answer.text).toContain(answer.headers['x-request-id']);
  },
);

test('a page for people with an account leads to signing in, and back', async () => {
  const house = await aHouse({ pages: app() });
  const answer = await ask(house, '/mine?page=2', { headers: PAGE });
  expect(answer).toMatchObject({ status: 302, headers: { location: '/sign-in?to=%2Fmine%3Fpage%3D2' } });
  expect((await ask(house, '/places', { headers: PAGE })).headers.location).toBe('/sign-up?to=%2Fplaces');
});

test('a loader that breaks shows the page for it, tells the log, and keeps the details', async () => {
  const errors: unknown[] = [];
  const answer = await ask(await aHouse({ pages: app(errors) }), '/broken', { headers: PAGE });
  expect(answer.status).toBe(500);
  expect(answer.text).toContain('Something broke on our side');
  expect(answer.text).not.toContain('vault');
  expect(errors).toMatchObject([{ message: 'select secret from vault' }]);
});

const FORM = { ...PAGE, 'content-type': 'application/x-www-form-urlencoded' };

test.each([
  ['application/json', '{"reason":"x"}'],
  ['multipart/form-data', 'no boundary'],
  ['text/plain', ''],
])('a body of %s is no form of ours, and is refused as such', async (type, body) => {
  const headers = { ...PAGE, 'content-type': type };
  const answer = await ask(await aHouse({ pages: app() }), '/report', { method: 'POST', headers, body });
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain('TypeError');
});

test('a field that does not fit comes back with its sentence and what was typed', async () => {
  const answer = await ask(await aHouse({ pages: app() }), '/report', {
    method: 'POST',
    headers: FORM,
    body: 'reason=x',
  });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('Say a little more.');
  expect(answer.text).toContain('&quot;values&quot;:{&quot;reason&quot;:&quot;x&quot;}');
});

test('a refusal comes back into the form, and a visitor who wrote has become a guest', async () => {
  const answer = await ask(await aHouse({ pages: app() }), '/report', {
    method: 'POST',
    headers: FORM,
    body: 'reason=not+ours',
  });
  expect(answer.status).toBe(404);
  expect(answer.text).toContain('There is no such ad.');
  expect(answer.headers['set-cookie']?.[0]).toContain('remixify.session_token=');
});

test('a form of somebody who is not signed in any more keeps its text, with a way to sign in', async () => {
  const answer = await ask(await aHouse({ pages: app() }), '/upload', {
    method: 'POST',
    headers: FORM,
    body: 'title=Snow',
  });
  expect(answer.status).toBe(401);
  expect(answer.text).toContain('&quot;title&quot;:&quot;Snow&quot;');
  expect(answer.text).toContain('/sign-in?to=%2Fupload');
});
