import { transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { claimDue } from '../src/generation/claim-generations.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { OWNER_AT_ONCE } from '../src/generation/take-turn.ts';
import type { World } from '../src/testing.ts';
import { ask, askForAPicture, change, rowOf, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();
const seat = (free = 1, atOnce = 100) => [{ provider: 'fake', free, atOnce }];

const statusOf = async (world: World, id: string) => (await rowOf(world, id)).status;

/** Many requests of one person that wait in one line, one turn after another, as their own presses would stand. */
async function manyWaiting(world: World, count: number, { isBatch = false, provider = 'fake' } = {}): Promise<string> {
  const { actor } = await world.aPerson();
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.execute(sql`
      insert into generation (owner_id, kind, model, provider, prompt, input, seed, idempotency_key, request_hash,
        quoted_credits, is_batch, turn, created_at)
      select ${actor.userId}::uuid, 'image.create', ${`${provider}/model`}, ${provider}, 'a heap', '{"aspectRatio": "1:1"}', 1,
        'key-of-heap-' || n, 'hash', 0, ${isBatch}, n, now() - interval '5 minutes' + n * interval '1 millisecond'
      from generate_series(1, ${count}::int) n`),
  );
  return actor.userId;
}

test("one person's five hundred requests do not keep another's one waiting", async () => {
  const world = await aNewWorld();
  const other = await world.aPerson();
  await manyWaiting(world, 500);
  const mine = await askForAPicture(other);
  expect(mine.place).toBeLessThan(5);
  const taken = await claimDue(world.system, seat(4));
  expect(taken.map(({ ownerId }) => ownerId).filter((id) => id === other.actor.userId)).toHaveLength(1);
});

test('with four seats and five hundred before it, a newcomer is among the first few that are finished', async () => {
  const prompts: string[] = [];
  const world = await aNewWorld({ model: { delayMs: 10 } });
  const newcomer = await world.aPerson();
  await manyWaiting(world, 500);
  world.aDesk({ default: 4 });
  await expect.poll(() => world.fake.starts.length).toBeGreaterThan(3);
  const before = world.fake.starts.length;
  const { id } = await askForAPicture(newcomer, { prompt: 'the one of the newcomer' });
  await expect.poll(() => statusOf(world, id)).toBe('done');
  prompts.push(...world.fake.starts.map((start) => start.prompt));
  expect(prompts.indexOf('the one of the newcomer')).toBeLessThan(before + 12);
});

test('requests that one person sends all at once stand one after the other, not in one place', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const sent = await Promise.all(Array.from({ length: 12 }, () => askForAPicture(person)));
  const turns = await Promise.all(sent.map(async ({ id }) => (await rowOf(world, id)).turn));
  expect(new Set(turns).size).toBe(12);
});

test('what somebody waits for goes before batch work, their own and that of others', async () => {
  const world = await aNewWorld();
  const [one, two] = [await world.aPerson(), await world.aPerson()];
  const batch = await askForAPicture(one, { priority: 'batch' });
  const late = await askForAPicture(two, { priority: 'batch' });
  const urgent = await askForAPicture(one);
  expect([urgent.place, (await readGeneration(one, batch.id)).place]).toEqual([1, 2]);
  const order: string[] = [];
  for (let look = 0; look < 3; look++) order.push((await claimDue(world.system, seat(1)))[0]!.id);
  expect(order).toEqual([urgent.id, batch.id, late.id]);
});

test('a heap of batch work costs its owner no place among those who wait', async () => {
  const world = await aNewWorld();
  const [hoarder, other] = [await world.aPerson(), await world.aPerson()];
  for (let n = 0; n < 5; n++) await askForAPicture(hoarder, { priority: 'batch' });
  const first = await askForAPicture(hoarder);
  const second = await askForAPicture(other);
  expect([(await rowOf(world, first.id)).turn, (await rowOf(world, second.id)).turn]).toEqual([1, 2]);
});

test('the place in the queue is the order in which it is taken', async () => {
  const world = await aNewWorld();
  const people = [await world.aPerson(), await world.aPerson(), await world.aPerson()];
  const asked: { id: string; person: (typeof people)[number] }[] = [];
  for (let n = 0; n < 9; n++) {
    // The first asks for five before the others come.
    const person = people[n < 5 ? 0 : 1 + (n % 2)]!;
    const priority = n % 4 === 3 ? 'batch' : 'interactive';
    asked.push({ id: (await askForAPicture(person, { priority })).id, person });
  }
  const places = await Promise.all(
    asked.map(async ({ id, person }) => ({ id, place: (await readGeneration(person, id)).place! })),
  );
  const expected = places.toSorted((a, b) => a.place - b.place).map(({ id }) => id);
  const order: string[] = [];
  for (let look = 0; look < 9; look++) {
    const [taken] = await claimDue(world.system, seat(1));
    order.push(taken!.id);
    // Done, so that its owner may have another.
    await change(world, taken!.id, { status: 'failed', runToken: null, finishedAt: new Date() });
  }
  expect(order).toEqual(expected);
});

test('two desks together never run more of one person than allowed, nor more of a provider', async () => {
  const world = await aNewWorld({ model: { delayMs: 60 } });
  const person = await world.aPerson();
  const ids = (await Promise.all(Array.from({ length: 12 }, () => askForAPicture(person)))).map(({ id }) => id);
  const desks = [world.aDesk({ default: 8 }), world.aDesk({ default: 8 })];
  await Promise.all(ids.map((id) => expect.poll(() => statusOf(world, id), { timeout: 20_000 }).toBe('done')));
  expect(world.fake.mostAtOnce).toBe(OWNER_AT_ONCE);
  await Promise.all(desks.map((desk) => desk.stop()));
});

test('two desks together ask a provider for no more at once than it takes', async () => {
  const tight = {
    entry: { id: 'tight/model', atOnce: 3 },
    model: (await aNewWorld({ model: { name: 'tight/model', delayMs: 60 } })).fake,
  };
  const world = await aNewWorld({ more: [tight] });
  const people = await Promise.all(Array.from({ length: 6 }, () => world.aPerson()));
  const asked = await Promise.all(
    people.flatMap((person) => [1, 2].map(() => askForAPicture(person, { model: 'tight/model' }))),
  );
  const desks = [world.aDesk({ default: 8 }), world.aDesk({ default: 8 })];
  await Promise.all(asked.map(({ id }) => expect.poll(() => statusOf(world, id), { timeout: 20_000 }).toBe('done')));
  expect(tight.model.mostAtOnce).toBe(3);
  await Promise.all(desks.map((desk) => desk.stop()));
});

test('two workers that claim at once never get the same', async () => {
  const world = await aNewWorld();
  await Promise.all(Array.from({ length: 10 }, () => manyWaiting(world, 3)));
  const looks = await Promise.all(Array.from({ length: 6 }, () => claimDue(world.system, seat(5))));
  const ids = looks.flat().map(({ id }) => id);
  expect(ids).toHaveLength(30);
  expect(new Set(ids).size).toBe(30);
});

test('a line that may not move holds up neither another line nor batch work', async () => {
  const elsewhere = {
    entry: { id: 'elsewhere/model' },
    model: (await aNewWorld({ model: { name: 'elsewhere/model' } })).fake,
  };
  const world = await aNewWorld({ more: [elsewhere] });
  const owner = await manyWaiting(world, 1_000);
  await claimDue(world.system, seat(4));
  // Its owner is at as many as allowed: a thousand more stand before everything else.
  const person = await world.aPerson();
  const [batch, other] = [
    await askForAPicture(person, { priority: 'batch' }),
    await askForAPicture(person, { model: 'elsewhere/model' }),
  ];
  const taken = await claimDue(world.system, [...seat(4), { provider: 'elsewhere', free: 4, atOnce: 8 }]);
  expect(taken.map(({ id }) => id).toSorted()).toEqual([batch.id, other.id].toSorted());
  expect(taken.every(({ ownerId }) => ownerId !== owner)).toBe(true);
});

test('a person whose four waiting requests find no seat still gets one at another provider', async () => {
  const elsewhere = {
    entry: { id: 'elsewhere/model' },
    model: (await aNewWorld({ model: { name: 'elsewhere/model' } })).fake,
  };
  const world = await aNewWorld({ more: [elsewhere] });
  const person = await world.aPerson();
  for (let n = 0; n < 5; n++) await askForAPicture(person);
  const { id } = await askForAPicture(person, { model: 'elsewhere/model' });
  const taken = await claimDue(world.system, [...seat(4, 0), { provider: 'elsewhere', free: 4, atOnce: 8 }]);
  expect(taken.map((one) => one.id)).toEqual([id]);
});

test('the expected wait is told from how long the model really took', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const { expectedSeconds, id } = await askForAPicture(person);
  expect(expectedSeconds).toBe(2);
  await transactAs(world.db, world.system.actor, (tx) =>
    tx.execute(sql`insert into model_health (provider, model, operation, p50_ms, samples, measured_at)
      values ('fake', 'fake/model', 'image.create', 40000, 20, now())`),
  );
  expect((await readGeneration(person, id)).expectedSeconds).toBe(40);
  await ask(person, { kind: 'image.create', prompt: 'another' });
  const third = await ask(person, { kind: 'image.create', prompt: 'a third' });
  // Nobody runs yet, so that two before it are taken to run one after the other.
  expect(third).toMatchObject({ place: 3, expectedSeconds: 120 });
});

test('among a hundred thousand that wait, those that are due are found at once', async () => {
  const world = await aNewWorld();
  await manyWaiting(world, 60_000);
  await manyWaiting(world, 39_000, { isBatch: true });
  await manyWaiting(world, 1_000);
  await transactAs(world.db, world.system.actor, (tx) => tx.execute(sql`analyze generation`));
  const looked = performance.now();
  for (let look = 0; look < 5; look++) {
    const taken = await claimDue(world.system, seat(2, 100));
    expect(taken).toHaveLength(2);
  }
  console.log(`a claim among 100,000 takes ${((performance.now() - looked) / 5).toFixed(1)} ms`);
  const person = await world.aPerson();
  const asked = performance.now();
  const { place } = await askForAPicture(person);
  console.log(`asking among 100,000 takes ${(performance.now() - asked).toFixed(1)} ms`);
  expect(place).toBeLessThan(20);
}, 60_000);
