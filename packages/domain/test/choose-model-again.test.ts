import { transactAs, users } from '@repo/db';
import { afterEach, describe, expect, test } from 'vitest';
import type { CatalogueEntry, ModelOrder } from '../src/generation/catalogue.ts';
import { chooseModel } from '../src/generation/choose-model.ts';
import {
  aChoosingHouse,
  aRequest,
  azure,
  type ChoosingHouse,
  gemini,
  local,
  openai,
  priced,
} from './choosing-house.ts';
import { keyOf } from './health-house.ts';

let house: ChoosingHouse;
const aHouse = async (entries: CatalogueEntry[], order: ModelOrder = {}) => {
  house = await aChoosingHouse(entries, order);
};
afterEach(() => house.close());

describe('a model whose break is over', () => {
  test('is tried again by one request of auto, all others go where it works', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini, -1);
    expect(await house.choose()).toEqual({
      entry: gemini,
      choice: 'Gemini: tried again, it was down since 12:04 UTC.',
    });
    const others = await Promise.all(Array.from({ length: 10 }, () => house.chosen()));
    expect(new Set(others)).toEqual(new Set(['OpenAI']));
  });

  test('is tried again by one of many that come at once', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini, -1);
    const labels = await Promise.all(Array.from({ length: 20 }, () => house.chosen()));
    expect(labels.filter((label) => label === 'Gemini')).toHaveLength(1);
  });

  test('is tried again by people too, who may not write its health themselves', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini, -1);
    const userId = crypto.randomUUID();
    await transactAs(house.db, house.actor, (tx) =>
      tx.insert(users).values({ id: userId, name: 'Ada', email: 'ada@example.test' }),
    );
    const { entry } = await transactAs(house.db, { kind: 'user', userId, isGuest: false }, (tx) =>
      chooseModel(tx, house.shelf, aRequest(), house.clock.at),
    );
    expect(entry.label).toBe('Gemini');
  });

  test('is tried by somebody else when that request came to nothing for a minute', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini, -1);
    await house.choose();
    house.wait(59);
    expect(await house.chosen()).toBe('OpenAI');
    house.wait(2);
    expect(await house.chosen()).toBe('Gemini');
  });

  test('is tried anew after its next break', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini, -1);
    await house.choose();
    await house.down(gemini, 20);
    house.wait(20);
    expect(await house.chosen()).toBe('Gemini');
  });

  test('is left alone where it would not be chosen anyway', async () => {
    await aHouse([gemini, openai]);
    await house.down(openai, -1);
    expect(await house.chosen()).toBe('Gemini');
    expect((await house.row(keyOf(openai)))?.invitedAt).toBeNull();
  });

  test('keeps the one request when its transaction fails', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini, -1);
    const failing = transactAs(house.db, house.actor, async (tx) => {
      await chooseModel(tx, house.shelf, aRequest(), house.clock.at);
      throw new Error('out of credits');
    });
    await expect(failing).rejects.toThrow('out of credits');
    expect(await house.chosen()).toBe('Gemini');
  });
});

describe('where auto goes on', () => {
  test('the best that was not tried, and says why', async () => {
    await aHouse([gemini, openai, azure]);
    expect(await house.next([gemini])).toEqual({
      entry: openai,
      choice: 'OpenAI, because Gemini failed before it took anything.',
    });
    expect(await house.next([gemini, openai])).toMatchObject({ entry: azure });
    expect(await house.next([gemini, openai, azure])).toBeNull();
  });

  test('a model that was passed over because it is down is said to be down', async () => {
    await aHouse([gemini, openai]);
    await house.down(gemini);
    expect(await house.next([gemini])).toMatchObject({ choice: 'OpenAI, because Gemini is down since 12:04 UTC.' });
  });

  test('follows the order', async () => {
    await aHouse([gemini, openai, azure], { 'image.create': ['gemini', 'azure', 'openai'] });
    expect(await house.next([gemini])).toMatchObject({ entry: azure });
  });

  test('a model that somebody chose is never exchanged', async () => {
    await aHouse([gemini, openai]);
    expect(await house.next([gemini], { model: gemini.id })).toBeNull();
  });

  test('never to what is down, even if its break is over', async () => {
    await aHouse([gemini, openai]);
    await house.down(openai, -1);
    expect(await house.next([gemini])).toBeNull();
  });

  test('never to a stand-in that the order does not name', async () => {
    await aHouse([gemini, local]);
    expect(await house.next([gemini])).toBeNull();
    house.shelf.order = { 'image.create': ['gemini', 'local'] };
    expect(await house.next([gemini])).toMatchObject({ entry: local });
  });

  test('never to what costs more than is held', async () => {
    await aHouse([gemini, priced(openai, 5), priced(azure, 4)]);
    expect(await house.next([gemini])).toMatchObject({ entry: { label: 'Azure' } });
    expect(await house.next([gemini], { heldCredits: 3 })).toBeNull();
  });

  test('never to what costs money where that is not allowed', async () => {
    await aHouse([local, gemini], { 'image.create': ['local', 'gemini'] });
    expect(await house.next([local], { allowPaid: false })).toBeNull();
  });

  test('never to what cannot do the request', async () => {
    await aHouse([gemini, { ...openai, capabilities: { aspectRatios: ['3:2'] } }]);
    expect(await house.next([gemini])).toBeNull();
  });
});
