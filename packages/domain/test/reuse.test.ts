import { randomUUID } from 'node:crypto';
import { memberships, transactAs } from '@repo/db';
import { expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import type { World } from '../src/testing.ts';
import { ask, askForAPicture, callsOf, settle, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();
const request = { kind: 'text.structured', prompt: 'Name three colours.', schema: { type: 'object' } } as const;

/** A brand with credits of its own, and these people as its editors. */
async function aBrand(world: World, people: readonly UserContext[]): Promise<string> {
  const ad = await world.anAd(people[0]);
  const brandId = ad.brand.id;
  await transactAs(world.db, world.system.actor, async (tx) => {
    await tx
      .insert(memberships)
      .values(people.map(({ actor }) => ({ brandId, userId: actor.userId, role: 'editor' as const })))
      .onConflictDoNothing();
  });
  return brandId;
}

test('an equal request within a day is answered at once, free, and says whose answer it is', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const first = await ask(person, request);
  await settle(world, person, first.id);
  const balance = await world.balanceOf(person.actor.userId);
  const again = await ask(person, { ...request, priority: 'batch' });
  expect(again).toMatchObject({ status: 'done', quoted: 0, reusedFrom: first.id, output: { value: { answer: 42 } } });
  expect(again.id).not.toBe(first.id);
  expect(await world.balanceOf(person.actor.userId)).toBe(balance);
  expect(world.text.asked).toHaveLength(1);
  expect(await callsOf(world, again.id)).toEqual([]);
  expect(await readReceipt(person, again.id)).toMatchObject({
    held: 0,
    captured: 0,
    entries: [],
    reusedFrom: first.id,
  });
});

test('a refreshed request asks the model again, and its answer is the one that is used from then on', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  await settle(world, person, (await ask(person, request)).id);
  const fresh = await ask(person, { ...request, refresh: true });
  expect(fresh).toMatchObject({ status: 'queued', reusedFrom: null });
  await settle(world, person, fresh.id);
  expect(world.text.asked).toHaveLength(2);
  expect(await ask(person, request)).toMatchObject({ reusedFrom: fresh.id });
});

test('a day later the model is asked again', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const first = await ask(person, request);
  await settle(world, person, first.id);
  world.clock.offsetMs += 23.9 * 3_600_000;
  // Using it again makes it no younger.
  expect(await ask(person, request)).toMatchObject({ reusedFrom: first.id });
  world.clock.offsetMs += 0.2 * 3_600_000;
  expect(await ask(person, request)).toMatchObject({ status: 'queued', reusedFrom: null });
});

test.each([
  ['another prompt', { prompt: 'Name four colours.' }],
  ['another schema', { schema: { type: 'object', title: 'Colours' } }],
  ['a system text', { system: 'You paint.' }],
])('a request with %s is no equal one', async (_, other) => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  await settle(world, person, (await ask(person, request)).id);
  expect(await ask(person, { ...request, ...other })).toMatchObject({ status: 'queued', reusedFrom: null });
});

test("nobody gets another person's answer", async () => {
  const world = await aNewWorld();
  const [one, two] = [await world.aPerson(), await world.aPerson()];
  await settle(world, one, (await ask(one, request)).id);
  expect(await ask(two, request)).toMatchObject({ status: 'queued', reusedFrom: null });
});

test('people of one brand share its answers, numbers included; other brands and the people alone do not', async () => {
  const prices = { 'text.embed': { per: 'call', credits: 0 } } as const;
  const free = { id: 'free/text', prices, capabilities: {} };
  const source = await aNewWorld();
  const world = await aNewWorld({ more: [{ entry: free, model: source.text }] });
  const [one, two] = [await world.aPerson(), await world.aPerson()];
  const [brandId, other] = [await aBrand(world, [one, two]), await aBrand(world, [one, two])];
  const texts = { kind: 'text.embed' as const, texts: ['red', 'green'] as string[], model: 'free/text' };
  const first = await ask(one, { ...texts, brandId });
  const { output } = await settle(world, one, first.id);
  const second = await ask(two, { ...texts, brandId });
  expect(second).toMatchObject({ status: 'done', reusedFrom: first.id, output });
  expect((await readGeneration(two, second.id)).output).toEqual(output);
  expect(await ask(two, { ...texts, brandId: other })).toMatchObject({ reusedFrom: null });
  expect(await ask(one, texts)).toMatchObject({ reusedFrom: null });
});

test('whoever may not spend for a brand gets none of its answers', async () => {
  const world = await aNewWorld();
  const [one, stranger] = [await world.aPerson(), await world.aPerson()];
  const brandId = await aBrand(world, [one]);
  await expect(ask(stranger, { ...request, brandId })).rejects.toMatchObject({ code: 'forbidden' });
});

test('pictures are made anew each time, and a failed answer is no answer', async () => {
  const world = await aNewWorld({ text: { failsWith: (n) => (n === 1 ? 'refused' : undefined) } });
  const person = await world.aPerson();
  await settle(world, person, (await askForAPicture(person)).id);
  expect(await askForAPicture(person)).toMatchObject({ status: 'queued', reusedFrom: null });
  await settle(world, person, (await ask(person, request)).id);
  expect(await ask(person, request)).toMatchObject({ status: 'queued', reusedFrom: null });
});

test('the same key for a used answer is the same generation, for ever', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  await settle(world, person, (await ask(person, request)).id);
  const key = randomUUID();
  const twice = await Promise.all([ask(person, request, key), ask(person, request, key), ask(person, request, key)]);
  expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
});
