import { randomUUID } from 'node:crypto';
import { memberships, transactAs, webhookDeliveries, webhookEndpoints } from '@repo/db';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrand } from '../src/brands/create-brand.ts';
import { aWorld, type World } from '../src/testing.ts';
import { removeWebhook, rotateSecret, updateWebhook } from '../src/webhooks/change-webhook.ts';
import { claimDeliveries } from '../src/webhooks/claim-deliveries.ts';
import { createWebhook } from '../src/webhooks/create-webhook.ts';
import { readDeliveries } from '../src/webhooks/read-deliveries.ts';
import { readWebhook, readWebhooks } from '../src/webhooks/read-webhooks.ts';
import { redactSnippet } from '../src/webhooks/redact-snippet.ts';
import { pingWebhook, replayDeliveries } from '../src/webhooks/replay-deliveries.ts';
import { PAUSES_MS, pauseAfter, TRIES_AT_MOST } from '../src/webhooks/rules.ts';
import { sweepDeliveries } from '../src/webhooks/sweep-deliveries.ts';
import { tailEvents } from '../src/webhooks/tail-events.ts';
import { openWebhookDesk } from '../src/webhooks/webhook-desk.ts';
import { aReceiver, aWebhook, happen, isSignedWith, look, lookUntil } from './webhook-house.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const log = async (person: Awaited<ReturnType<World['aPerson']>>, id: string) =>
  (await readDeliveries(person, { id, limit: 50 })).items;
const advance = (ms: number) => {
  world.clock.offsetMs += ms;
};
const HOUR = 3_600_000;

test('what happens is told once, signed, with only what the subscriber may see', async () => {
  const person = await world.aPerson();
  const { received, url } = await aReceiver();
  const hook = await aWebhook(person, url);
  await happen(world, person);
  await happen(world, await world.aPerson());
  await lookUntil(world, () => received.length > 0);
  await look(world);

  expect(received).toHaveLength(1);
  const [told] = received;
  expect(told!.message).toEqual({
    id: told!.headers['webhook-id'],
    type: 'credits.adjusted',
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    data: { id: person.actor.userId, brandId: null, amount: 7, reason: 'A gift', url: '/api/v1/credits' },
  });
  expect(isSignedWith(hook.secret, told!)).toBe(true);
  expect(isSignedWith(`whsec_${Buffer.alloc(32).toString('base64')}`, told!)).toBe(false);
  expect(await log(person, hook.id)).toMatchObject([
    { state: 'delivered', attempts: [{ status: 200, problem: null }] },
  ]);
});

test('no secret is kept in the open, shown twice, or readable by a request', async () => {
  const person = await world.aPerson();
  const hook = await aWebhook(person, 'https://example.com/hook');
  expect(hook.secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const [kept] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, hook.id)),
  );
  expect(JSON.stringify(kept)).not.toContain(hook.secret);
  expect(JSON.stringify([await readWebhook(person, hook.id), await readWebhooks(person, {})])).not.toMatch(/secret"/);
  const peek = transactAs(world.db, person.actor, (tx) => tx.execute(sql`select secret from webhook_endpoint`));
  await expect(peek).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('a failed delivery is tried again after a while, under the same id, and Retry-After is heard up to an hour', async () => {
  const person = await world.aPerson();
  const { received, url } = await aReceiver((response, count) => {
    if (count === 1) response.writeHead(500).end('password: hunter2');
    else if (count === 2) response.writeHead(429, { 'retry-after': '86400' }).end();
    else response.end();
  });
  const hook = await aWebhook(person, url);
  await happen(world, person);
  await lookUntil(world, () => received.length === 1);
  expect(await look(world)).toBe(0);
  advance(6_000);
  expect(await look(world)).toBe(1);
  advance(HOUR - 60_000);
  expect(await look(world)).toBe(0);
  advance(61_000);
  expect(await look(world)).toBe(1);

  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(received.every((one) => isSignedWith(hook.secret, one))).toBe(true);
  const [delivery] = await log(person, hook.id);
  expect(delivery).toMatchObject({ state: 'delivered', problem: null });
  expect(delivery!.attempts.map(({ status }) => status)).toEqual([500, 429, 200]);
  expect(delivery!.attempts[0]).toMatchObject({ snippet: 'password: [removed]', problem: 'It answered 500.' });
  expect(await readWebhook(person, hook.id)).toMatchObject({ failingSince: null, state: 'active' });
});

test('the pauses grow over a day, and then it is over', () => {
  expect(PAUSES_MS.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(23 * HOUR);
  expect(pauseAfter(TRIES_AT_MOST, 0.5)).toBeNull();
  expect([pauseAfter(1, 0), pauseAfter(1, 0.5), pauseAfter(1, 0, 99 * HOUR)]).toEqual([4_500, 5_000, HOUR]);
});

test('redirects, private addresses and endless answers end a try and nothing else', async () => {
  const person = await world.aPerson();
  const inside = await aReceiver();
  const leads = await aReceiver((response) => response.writeHead(307, { location: inside.url }).end());
  const endless = await aReceiver((response) => {
    const more = () => void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once('drain', more));
    more();
  });
  const hooks = [
    await aWebhook(person, leads.url),
    await aWebhook(person, 'https://example.com/inside'),
    await aWebhook(person, 'https://example.com/plain'),
    await aWebhook(person, endless.url),
  ];
  // As they could stand here from a time when others were allowed.
  for (const [at, url] of [
    [1, 'https://169.254.169.254/latest'],
    [2, 'http://example.com/plain'],
  ] as const) {
    await transactAs(world.db, world.system.actor, (tx) =>
      tx.update(webhookEndpoints).set({ url }).where(eq(webhookEndpoints.id, hooks[at]!.id)),
    );
  }
  await happen(world, person);
  await lookUntil(world, () => endless.received.length === 1);
  const problems = await Promise.all(hooks.map(async ({ id }) => (await log(person, id))[0]!.problem));
  expect(problems).toEqual([
    'It answered 307: redirects are not followed. Give the final address.',
    'This address is not on the public internet.',
    'The address must start with https://.',
    null,
  ]);
  expect(inside.received).toEqual([]);
  await Promise.all(hooks.map(({ id }) => removeWebhook(person, id)));
});

test('an address that would never be sent to is refused when it is given', async () => {
  const person = await world.aPerson();
  const hook = await aWebhook(person, 'https://example.com/hook');
  for (const [url, message] of [
    ['http://example.com/hook', 'The address must start with https://.'],
    ['https://10.0.0.7/hook', 'This address is not on the public internet.'],
    ['https://[::1]/hook', 'This address is not on the public internet.'],
    ['https://localhost/hook', 'This host is not on the public internet.'],
    ['https://db.internal/hook', 'This host is not on the public internet.'],
  ] as const) {
    const refusal = { code: 'invalid', message, details: { field: 'url' } };
    await expect(aWebhook(person, url)).rejects.toMatchObject(refusal);
    await expect(updateWebhook(person, { id: hook.id, url })).rejects.toMatchObject(refusal);
  }
});

test('for a day after a rotation both secrets sign, and then only the new one', async () => {
  const person = await world.aPerson();
  const { received, url } = await aReceiver();
  const first = await aWebhook(person, url);
  const second = await rotateSecret(person, first.id);
  expect(second.previousSecretUntil).toBeInstanceOf(Date);
  await pingWebhook(person, first.id);
  await lookUntil(world, () => received.length === 1);
  expect([first, second].map(({ secret }) => isSignedWith(secret, received[0]!))).toEqual([true, true]);

  advance(25 * HOUR);
  await pingWebhook(person, first.id);
  await lookUntil(world, () => received.length === 2);
  expect([first, second].map(({ secret }) => isSignedWith(secret, received[1]!))).toEqual([false, true]);
});

test('a replay keeps the id, a double click sends once, and a range takes what failed', async () => {
  const person = await world.aPerson();
  const { received, url } = await aReceiver();
  const hook = await aWebhook(person, url);
  await happen(world, person);
  await lookUntil(world, () => received.length === 1);
  const [delivery] = await log(person, hook.id);
  const clicks = await Promise.all(
    [1, 2].map(() => replayDeliveries(person, { id: hook.id, deliveryId: delivery!.id, all: false })),
  );
  expect(clicks.map(({ replayed }) => replayed).sort()).toEqual([0, 1]);
  await lookUntil(world, () => received.length === 2);
  await look(world);
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([delivery!.id, delivery!.id]);

  const range = { id: hook.id, from: new Date(delivery!.happenedAt.getTime() - 1) };
  expect(await replayDeliveries(person, { ...range, all: false })).toEqual({ replayed: 0 });
  expect(await replayDeliveries(person, { ...range, all: true })).toEqual({ replayed: 1 });
  await expect(replayDeliveries(person, { id: hook.id, deliveryId: randomUUID(), all: false })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('410 stops an endpoint at once, and one that only fails is stopped after five days; both say why', async () => {
  const person = await world.aPerson();
  const gone = await aReceiver((response) => response.writeHead(410).end());
  const broken = await aReceiver((response) => response.writeHead(503).end());
  const [first, second] = [await aWebhook(person, gone.url), await aWebhook(person, broken.url)];
  await happen(world, person);
  await lookUntil(world, () => gone.received.length + broken.received.length === 2);
  expect(await readWebhook(person, first.id)).toMatchObject({
    state: 'stopped',
    stoppedBecause: 'The endpoint answered 410: it is gone.',
  });
  expect(await readWebhook(person, second.id)).toMatchObject({ state: 'active', failingSince: expect.any(Date) });

  advance(121 * HOUR);
  await look(world);
  expect(await readWebhook(person, second.id)).toMatchObject({
    state: 'stopped',
    stoppedBecause: 'Every delivery failed for 5 days. The last time: It answered 503.',
  });
  await expect(pingWebhook(person, second.id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await updateWebhook(person, { id: second.id, state: 'active' })).toMatchObject({
    state: 'active',
    stoppedBecause: null,
  });
  await Promise.all([first, second].map(({ id }) => removeWebhook(person, id)));
});

test('a brand’s webhook belongs to its owners and admins, and stops when its maker no longer is one', async () => {
  const [owner, editor, stranger] = [await world.aPerson(), await world.aPerson(), await world.aPerson()];
  const brand = await createBrand(owner, { name: `Brand ${randomUUID().slice(0, 8)}` });
  const join = (userId: string, role: 'editor' | 'admin') =>
    transactAs(world.db, world.system.actor, (tx) =>
      tx.insert(memberships).values({ brandId: brand.id, userId, role }),
    );
  await join(editor.actor.userId, 'editor');
  const { received, url } = await aReceiver();
  const hook = await aWebhook(owner, url, ['ad.published'], brand.id);
  await expect(aWebhook(editor, url, ['ad.published'], brand.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(aWebhook(stranger, url, ['ad.published'], brand.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(aWebhook(await world.aGuest(), url)).rejects.toMatchObject({ code: 'sign_up_first' });
  for (const other of [editor, stranger])
    await expect(readWebhook(other, hook.id)).rejects.toMatchObject({ code: 'not_found' });

  const event = { noun: 'ad', nounId: randomUUID(), verb: 'published', brandId: brand.id, payload: {} } as const;
  await happen(world, owner, event);
  await lookUntil(world, () => received.length === 1);
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.update(memberships).set({ role: 'analyst' }).where(eq(memberships.userId, owner.actor.userId)),
  );
  await join(stranger.actor.userId, 'admin');
  await happen(world, owner, event);
  for (let round = 0; (await readWebhook(stranger, hook.id)).state === 'active' && round < 100; round++)
    await look(world);
  expect(await readWebhook(stranger, hook.id)).toMatchObject({
    state: 'stopped',
    stoppedBecause: 'Whoever set this webhook up no longer runs the brand. An owner or admin can take it up again.',
  });
  expect(received).toHaveLength(1);
  await updateWebhook(stranger, { id: hook.id, state: 'active' });
  await lookUntil(world, () => received.length === 2);
});

test('while paused nothing is sent and nothing kept; a removed endpoint takes what waits with it', async () => {
  const person = await world.aPerson();
  const { received, url } = await aReceiver();
  const hook = await aWebhook(person, url);
  await updateWebhook(person, { id: hook.id, state: 'paused' });
  await happen(world, person);
  while ((await tailEvents(world.system)) > 0);
  expect(await look(world)).toBe(0);
  await updateWebhook(person, { id: hook.id, state: 'active' });
  await pingWebhook(person, hook.id);
  expect(await pingWebhook(person, hook.id)).toEqual(await pingWebhook(person, hook.id));
  const claimed = await claimDeliveries(world.system, { prompt: 1, slow: 0 });
  await removeWebhook(person, hook.id);
  expect(claimed).toHaveLength(1);
  expect(await look(world)).toBe(0);
  expect(received).toEqual([]);
});

test('a worker that dies while sending loses nothing: it is sent again under the same id', async () => {
  const person = await world.aPerson();
  const { received, url } = await aReceiver();
  const hook = await aWebhook(person, url);
  const { deliveryId } = await pingWebhook(person, hook.id);
  // It claims and is never heard of again.
  expect(await claimDeliveries(world.system, { prompt: 1, slow: 1 })).toHaveLength(1);
  expect(await look(world)).toBe(0);
  advance(31_000);
  expect(await look(world)).toBe(1);
  expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([deliveryId]);
});

test('slow and failing endpoints share a few seats, and one that is prompt never waits for them', async () => {
  const person = await world.aPerson();
  const dead = await aReceiver((response) => response.writeHead(500).end());
  const well = await aReceiver();
  const bad = await Promise.all([1, 2, 3].map(() => aWebhook(person, dead.url)));
  await happen(world, person);
  await lookUntil(world, () => dead.received.length === 3);
  const good = await aWebhook(person, well.url);
  advance(HOUR);
  await happen(world, person);
  const desk = openWebhookDesk(world.system, { prompt: 1, slow: 1 });
  await expect.poll(() => well.received.length, { timeout: 25_000 }).toBe(1);
  await desk.stop();
  await Promise.all([...bad, good].map(({ id }) => removeWebhook(person, id)));
});

test('a storm of events is read in batches, each event once whoever reads, and old deliveries are forgotten', async () => {
  const person = await world.aPerson();
  const hook = await aWebhook(person, 'https://example.com/hook');
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.execute(sql`
      insert into event (actor_kind, noun, noun_id, verb, audience_id)
      select 'system', 'credits', ${person.actor.userId}::uuid, 'adjusted', ${person.actor.userId}::uuid from generate_series(1, 5000)`),
  );
  const count = () =>
    transactAs(world.db, world.system.actor, (tx) =>
      tx.$count(webhookDeliveries, eq(webhookDeliveries.endpointId, hook.id)),
    );
  await expect
    .poll(
      async () => {
        await Promise.all([1, 2, 3].map(() => tailEvents(world.system)));
        return count();
      },
      // A long transaction of another test on the same server hides the newest events until it ends.
      { timeout: 25_000 },
    )
    .toBe(5_000);
  await updateWebhook(person, { id: hook.id, state: 'paused' });
  advance(31 * 24 * HOUR);
  expect(await sweepDeliveries(world.system)).toBeGreaterThanOrEqual(5_000);
  expect(await count()).toBe(0);
});

test('an answer is kept without what looks like a secret', () => {
  const said = '{"token":"abc123","ok":true} Bearer xyz.123 whsec_AAAA= eyJhbGciOi.eyJzdWIi.c2ln\u0000\u001b[31m';
  expect(redactSnippet(Buffer.from(said))).toBe('{"token":[removed],"ok":true} [removed] [removed] [removed][31m');
  expect(redactSnippet(Buffer.from('a'.repeat(5_000)))).toHaveLength(1_000);
});

test('the key that made a webhook is shown its secret for a day, and then never again', async () => {
  world.clock.offsetMs = 0;
  const person = await world.aPerson();
  const input = { url: 'https://hooks.example/in', types: ['ad.published' as const], description: '' };
  const press = () => createWebhook(person, { ...input, idempotencyKey: 'made-by-this-key' });
  const { id, secret } = await press();
  expect(await press()).toMatchObject({ id, secret });
  advance(25 * HOUR);
  await expect(press()).rejects.toMatchObject({ code: 'conflict', details: { webhookId: id } });
});
