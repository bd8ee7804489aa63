import { ProviderError } from '@repo/ai';
import { type FakeModelOptions, fakeModel, fakeTextModel } from '@repo/ai/testing';
import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../src/generation/catalogue.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import { advanceOrphans } from '../src/generation/reap-generations.ts';
import { ask, askForAPicture, callsOf, change, rowOf, settle, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();

const another = (options: FakeModelOptions = {}, entry: Partial<CatalogueEntry> = {}) => ({
  entry: { id: 'second/model', label: 'Second model', ...entry },
  model: fakeModel({ name: 'second/model', ...options }),
});
const costs = (credits: number): Partial<CatalogueEntry> => ({ prices: { 'image.create': { per: 'image', credits } } });
const order = { 'image.create': ['fake', 'second'] };

test.each(['unavailable', 'rate_limited', 'misconfigured', 'timed_out'] as const)(
  '`auto` goes on with the next model when the first is %s and took nothing, and the receipt says so',
  async (failsWith) => {
    const second = another();
    const world = await aNewWorld({ isPaid: true, model: { failsWith }, more: [second], order });
    const person = await world.aPerson();
    const { id, model } = await askForAPicture(person);
    expect(model).toBe('fake/model');
    expect(await settle(world, person, id)).toMatchObject({ status: 'done', model: 'second/model', attempt: 1 });
    expect(await readReceipt(person, id)).toMatchObject({
      modelLabel: 'Second model',
      choice: 'Second model, because Fake model failed before it took anything.',
      tried: [{ modelLabel: 'Fake model' }],
      captured: 4,
      sum: 0,
    });
    expect(await callsOf(world, id)).toMatchObject([
      { provider: 'fake', outcome: failsWith, costMicroUsd: 0 },
      { provider: 'second', outcome: 'done' },
    ]);
    expect([world.fake.starts.length, second.model.starts.length]).toEqual([1, 1]);
  },
);

test('what may have been taken is never given to another model', async () => {
  const second = another();
  const failsWith = () => new ProviderError('fake', 'unavailable', { maybeTaken: true });
  const world = await aNewWorld({ isPaid: true, model: { failsWith }, more: [second], order });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unknown' } });
  expect(second.model.starts).toEqual([]);
});

test('a refusal is the answer: no other model is asked to say something else', async () => {
  const second = another();
  const world = await aNewWorld({ model: { failsWith: 'refused' }, more: [second], order });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'refused' } });
  expect(second.model.starts).toEqual([]);
});

test('it goes on to no model that costs more than is held', async () => {
  const second = another({}, costs(5));
  const world = await aNewWorld({ model: { failsWith: 'misconfigured' }, more: [second], order });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'misconfigured' } });
  expect(second.model.starts).toEqual([]);
});

test('a cheaper model that takes over costs what it costs, and the rest is given back', async () => {
  const world = await aNewWorld({ model: { failsWith: 'unavailable' }, more: [another({}, costs(1))], order });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  await settle(world, person, id);
  expect(await readReceipt(person, id)).toMatchObject({ held: 4, captured: 1, released: 3, sum: 0 });
  expect(await world.balanceOf(person.actor.userId)).toBe(99);
});

test('when all fail it says why the last one did, and gives everything back', async () => {
  const world = await aNewWorld({
    model: { failsWith: 'unavailable' },
    more: [another({ failsWith: 'misconfigured' })],
    order,
  });
  const person = await world.aPerson();
  const { id } = await askForAPicture(person);
  expect(await settle(world, person, id)).toMatchObject({
    status: 'failed',
    failure: { reason: 'misconfigured' },
    tried: [{ model: 'fake/model', reason: 'The model could not be reached.' }],
  });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
});

test('a model that was named is asked again, never replaced, and fails at once while it is down', async () => {
  const second = another();
  const world = await aNewWorld({ isPaid: true, model: { failsWith: 'unavailable' }, more: [second], order });
  const person = await world.aPerson();
  const first = await askForAPicture(person, { model: 'fake/model' });
  await world.advance(first.id);
  expect(await readGeneration(person, first.id)).toMatchObject({ status: 'retrying', model: 'fake/model' });
  for (let n = 0; n < 2; n++) await world.advance((await askForAPicture(person, { model: 'fake/model' })).id);
  // Three in a row: it is down now.
  const late = await askForAPicture(person, { model: 'fake/model' });
  await world.advance(late.id);
  expect((await readGeneration(person, late.id)).failure!.sentence).toMatch(
    /^Fake model is down since \d\d:\d\d UTC\.$/,
  );
  expect([world.fake.starts.length, second.model.starts.length]).toEqual([3, 0]);
  expect(await readReceipt(person, late.id)).toMatchObject({ captured: 0, released: 4, calls: [] });
});

test('a request in the line of a model that went down meanwhile goes on with the next, without a call', async () => {
  const second = another();
  const world = await aNewWorld({ model: { failsWith: 'unavailable' }, more: [second], order });
  const person = await world.aPerson();
  const waiting = await askForAPicture(person);
  for (let n = 0; n < 3; n++) await world.advance((await askForAPicture(person, { model: 'fake/model' })).id);
  await world.advance(waiting.id);
  await world.advance(waiting.id);
  expect(await readGeneration(person, waiting.id)).toMatchObject({ status: 'done', model: 'second/model' });
  expect(world.fake.starts).toHaveLength(3);
});

test('whoever moves to another line stands there as if new, not before everybody', async () => {
  const world = await aNewWorld({ model: { failsWith: 'unavailable' }, more: [another()], order });
  const [person, other] = [await world.aPerson(), await world.aPerson()];
  const moving = [await askForAPicture(person), await askForAPicture(person), await askForAPicture(person)];
  for (const { id } of moving) await world.advance(id);
  const { id } = await askForAPicture(other, { model: 'second/model' });
  const turns = await Promise.all(
    [...moving.map((one) => one.id), id].map(async (one) => (await rowOf(world, one)).turn),
  );
  expect(turns).toEqual([1, 2, 3, 2]);
});

test('an answer of the model that took over is no answer of the one that failed', async () => {
  const text = (name: string, value: unknown) => fakeTextModel({ name, value });
  const prices = { 'text.structured': { per: 'thousand tokens', credits: 1 } } as const;
  const second = {
    entry: { id: 'second/text', prices, capabilities: {} },
    model: text('second/text', { from: 'second' }),
  };
  const failsWith = (n: number) => (n === 1 ? ('unavailable' as const) : undefined);
  const world = await aNewWorld({ text: { failsWith, value: { from: 'first' } }, more: [second] });
  const person = await world.aPerson();
  const request = { kind: 'text.structured', prompt: 'who are you?', schema: { type: 'object' } } as const;
  const first = await ask(person, request);
  expect(await settle(world, person, first.id)).toMatchObject({ output: { value: { from: 'second' } } });
  const again = await ask(person, { ...request, model: 'fake/text' });
  expect(again).toMatchObject({ status: 'queued', reusedFrom: null });
});

test('what waits for a provider that was taken out of the settings goes on elsewhere or ends, and is not forgotten', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const [any, named] = [await askForAPicture(person), await askForAPicture(person)];
  await change(world, any.id, { provider: 'gone', model: 'gone/model' });
  await change(world, named.id, { provider: 'gone', model: 'gone/model', requestedModel: 'gone/model' });
  const never = new AbortController().signal;
  expect(await advanceOrphans(world.system, never)).toBe(0);
  world.clock.offsetMs += 11 * 60_000;
  expect(await advanceOrphans(world.system, never)).toBe(2);
  expect(await readGeneration(person, named.id)).toMatchObject({
    status: 'failed',
    failure: { reason: 'misconfigured' },
  });
  expect(await settle(world, person, any.id)).toMatchObject({ status: 'done', model: 'fake/model' });
});
