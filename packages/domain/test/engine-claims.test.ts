import { randomUUID } from 'node:crypto';
import { ProviderError } from '@repo/ai';
import { transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { cancelGeneration } from '../src/generation/cancel-generation.ts';
import { claimOne } from '../src/generation/claim-generations.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { runGeneration } from '../src/generation/run-generation.ts';
import { storeMade } from '../src/generation/store-made.ts';
import { sweepMadeFiles } from '../src/generation/sweep-made-files.ts';
import type { World } from '../src/testing.ts';
import { aFilm, ask, askForAPicture, callsOf, change, filesOf, rowOf, settle, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();
const never = new AbortController().signal;
const longAgo = () => new Date(Date.now() - 60_000);
const settled = async (world: World, id: string) => (await rowOf(world, id)).status;

/** Every connection of this world but its own ends, as when Postgres restarts. */
const dropConnections = async (world: World) => {
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`),
  ).catch(() => undefined);
};

test('the same generation run twice at once is charged once', async () => {
  const world = await aNewWorld({ model: { delayMs: 20 } });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await Promise.all(Array.from({ length: 5 }, () => world.advance(id)));
  expect(world.fake.starts).toHaveLength(1);
  const claimed = { ...(await rowOf(world, id)), runToken: randomUUID() };
  await runGeneration(world.system, claimed, never);
  expect(await readReceipt(person, id)).toMatchObject({ status: 'done', captured: 4, sum: 0 });
  expect((await callsOf(world, id)).filter(({ outcome }) => outcome === 'done').length).toBeLessThanOrEqual(2);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'done', picture: { width: expect.any(Number) } });
});

test.each([false, true])(
  'connections that break while the model works cost neither the picture nor a second charge (paid: %s)',
  async (isPaid) => {
    const world = await aNewWorld({ isPaid, model: { until: () => dropConnections(world) } });
    const person = await world.aPerson();
    const { id } = await askForAPicture(person);
    await world.advance(id);
    expect(await settle(world, person, id)).toMatchObject({ status: 'done' });
    expect(world.fake.starts).toHaveLength(1);
    expect(await readReceipt(person, id)).toMatchObject({ captured: 4, sum: 0 });
  },
);

test('a database that goes away just before a paid submit costs a try, not the request', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  const claimed = await claimOne(world.system, id);
  let transactions = 0;
  const db = new Proxy(world.db, {
    get: (of, name) =>
      name === 'transaction'
        ? (work: never) =>
            ++transactions === 2
              ? Promise.reject(Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' }))
              : of.transaction(work)
        : Reflect.get(of, name, of),
  });
  await runGeneration({ ...world.system, db }, claimed!, never);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'retrying' });
  expect(await settle(world, person, id)).toMatchObject({ status: 'done' });
  expect(world.fake.starts).toHaveLength(1);
});

test('a run that lost its claim while the vendor worked leaves its handle for whoever took over', async () => {
  const world = await aNewWorld({
    isPaid: true,
    model: {
      pending: 1,
      film: await aFilm(),
      until: async (call) => {
        if (call === 1 && world.fake.polls.length === 0) {
          await change(world, id, { status: 'checking', runToken: null });
        }
      },
    },
  });
  const person = await world.aPerson();
  const { id } = await ask(person, { kind: 'video.create', prompt: 'waves' });
  await world.advance(id);
  expect(await rowOf(world, id)).toMatchObject({ status: 'checking', operationRef: 'fake-1' });
  expect(await settle(world, person, id)).toMatchObject({ status: 'done' });
  expect(world.fake.starts).toHaveLength(1);
});

test('a run that lost its claim to one that ended it leaves no file behind', async () => {
  const world = await aNewWorld({
    model: { until: () => change(world, id, { status: 'cancelled', runToken: null, finishedAt: new Date() }) },
  });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await world.advance(id);
  expect(await settled(world, id)).toBe('cancelled');
  expect(await filesOf(world)).toEqual([]);
});

test.each([
  ['queued', { status: 'queued' }],
  ['retrying', { status: 'retrying', nextTryAt: new Date(Date.now() + 60_000) }],
  ['running, between two looks at a vendor', { status: 'running', operationRef: 'x', submittedAt: new Date() }],
  ['running, its worker dead', { status: 'running', runToken: randomUUID(), heartbeatAt: longAgo() }],
  ['checking', { status: 'checking', submittedAt: new Date() }],
  [
    'checking, its worker dead',
    { status: 'checking', submittedAt: longAgo(), runToken: randomUUID(), heartbeatAt: longAgo() },
  ],
] as const)('what is %s is cancelled at once, free', async (_, state) => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await change(world, id, state);
  expect(await cancelGeneration(person, id)).toMatchObject({ status: 'cancelled', place: null, expectedSeconds: null });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
  await world.advance(id);
  expect(world.fake.starts).toEqual([]);
});

test.each(['done', 'failed', 'cancelled'] as const)('what is %s stays so when it is cancelled', async (status) => {
  const world = await aNewWorld({ model: status === 'failed' ? { failsWith: 'refused' } : {} });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  if (status === 'cancelled') await cancelGeneration(person, id);
  else await world.advance(id);
  const before = await readReceipt(person, id);
  expect(await cancelGeneration(person, id)).toMatchObject({ status });
  expect(await readReceipt(person, id)).toEqual(before);
});

test("somebody else's is not there to be cancelled", async () => {
  const world = await aNewWorld();
  const { id } = await askForAPicture(await world.aPerson());
  await expect(cancelGeneration(await world.aPerson(), id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await settled(world, id)).toBe('queued');
});

test('cancelling in the moment of claiming ends in one of both, never in both', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  for (let n = 0; n < 8; n++) {
    const { id } = await askForAPicture(person);
    await Promise.all([world.advance(id), cancelGeneration(person, id)]);
    const { status } = await settle(world, person, id);
    const { captured, released, sum } = await readReceipt(person, id);
    expect([captured, released, sum]).toEqual(status === 'done' ? [4, 0, 0] : [0, 4, 0]);
  }
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('a call that does not end when it is told to holds nobody up', async () => {
  const world = await aNewWorld({ isPaid: true, model: { until: () => new Promise(() => {}) } });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  const run = world.advance(id);
  await expect.poll(() => world.fake.starts.length).toBe(1);
  await cancelGeneration(person, id);
  await run;
  expect(await readGeneration(person, id)).toMatchObject({ status: 'cancelled' });
});

test('a request that kills every worker that takes it is given up', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  for (let death = 0; death < 10; death++) {
    expect(await claimOne(world.system, id)).toMatchObject({ status: 'running' });
    world.clock.offsetMs += 15_000;
  }
  expect((await readGeneration(person, id)).attempt).toBe(4);
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'internal' } });
  expect(world.fake.starts).toEqual([]);
  expect(await world.balanceOf(person.actor.userId)).toBe(100);
});

test('a desk that stops gives back what it just began, and waits for what was paid', async () => {
  const paid = Promise.withResolvers<void>();
  const world = await aNewWorld({ isPaid: true, model: { until: () => paid.promise } });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  const desk = world.aDesk();
  await expect.poll(() => world.fake.starts.length).toBe(1);
  const stopping = desk.stop();
  const late = await askForAPicture(person);
  paid.resolve();
  await stopping;
  expect([await settled(world, id), await settled(world, late.id)]).toEqual(['done', 'queued']);
  expect(desk.busy()).toBe(0);
});

test('a worker that is told to stop before it asked anybody gives the request back untouched', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await runGeneration(world.system, (await claimOne(world.system, id))!, AbortSignal.abort());
  expect(await rowOf(world, id)).toMatchObject({ status: 'queued', attempt: 0, runToken: null, submittedAt: null });
  expect(world.fake.starts).toEqual([]);
});

test('free work that is under way when its worker stops is begun anew by the next', async () => {
  const world = await aNewWorld({ model: { delayMs: 60_000 } });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  const desk = world.aDesk();
  await expect.poll(() => world.fake.starts.length).toBe(1);
  await desk.stop();
  expect(await rowOf(world, id)).toMatchObject({ status: 'queued', attempt: 0, runToken: null });
});

test('a mistake of ours is tried again, then told as ours, with the hold returned', async () => {
  const world = await aNewWorld({
    model: {
      until: () => Promise.resolve(),
      failsWith: () => {
        throw new TypeError('ours');
      },
    },
  });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  expect(await settle(world, person, id)).toMatchObject({
    status: 'failed',
    attempt: 4,
    failure: { reason: 'internal' },
  });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
});

test('files of an end without a result are swept when their worker died over them, and no others', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const kept = await askForAPicture(person);
  await settle(world, person, kept.id);
  const lost = await askForAPicture(person);
  const file = { bytes: await world.paint(), mimeType: 'image/png' };
  await storeMade(world.system, await rowOf(world, lost.id), { type: 'picture', file, notes: [], usage: {} });
  await change(world, lost.id, {
    status: 'failed',
    startedAt: new Date(),
    finishedAt: new Date(world.tools.now().getTime()),
  });
  await sweepMadeFiles(world.system);
  // Its worker might still be taking them away itself.
  expect((await filesOf(world)).some((key) => key.includes(lost.id))).toBe(true);
  world.clock.offsetMs += 6 * 60_000;
  expect(await sweepMadeFiles(world.system)).toBe(1);
  const left = await filesOf(world);
  expect(left.length).toBeGreaterThan(0);
  expect(left.every((key) => key.includes(kept.id))).toBe(true);
});

test('a paid call that was refused before it was taken is tried again by itself', async () => {
  const failsWith = (n: number) => (n === 1 ? new ProviderError('fake', 'unavailable') : undefined);
  const world = await aNewWorld({ isPaid: true, model: { failsWith } });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  world.aDesk();
  await expect.poll(() => settled(world, id), { timeout: 10_000 }).toBe('done');
  expect(await readReceipt(person, id)).toMatchObject({ attempts: 2, captured: 4 });
});
