import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAd } from '../src/ads/create-ad.ts';
import { createBrand } from '../src/brands/create-brand.ts';
import { readMyBrands } from '../src/brands/read-brands.ts';
import { aWorld, type World } from '../src/testing.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

test('a brand asked for twice at the same moment, or again after a lost answer, is made once', async () => {
  const person = await world.aPerson();
  const ask = (name: string) => createBrand(person, { name });
  const [one, two] = await Promise.all([ask('Fjellsko'), ask('Fjellsko')]);
  expect(two).toEqual(one);
  expect((await ask('fjellsko')).id).toBe(one.id);
  expect((await readMyBrands(person)).map(({ name }) => name)).toEqual(['Fjellsko']);
});

test("somebody else's brand of the same name is another brand, with an address of its own", async () => {
  const [theirs, mine] = [
    await createBrand(await world.aPerson(), { name: 'Namesake' }),
    await createBrand(await world.aPerson(), { name: 'Namesake' }),
  ];
  expect(mine.id).not.toBe(theirs.id);
  expect(mine.slug).not.toBe(theirs.slug);
});

test('a guest is told to sign up before they make a brand', async () => {
  await expect(createBrand(await world.aGuest(), { name: 'Guesswork' })).rejects.toMatchObject({
    code: 'sign_up_first',
  });
});

test('a key that published one ad publishes no other one, and says so', async () => {
  const person = await world.aPerson();
  const assetId = await world.anAsset(person);
  const press = { assetId, title: 'First', location: '', brand: { newBrand: 'Kay' }, idempotencyKey: randomUUID() };
  const first = await createAd(person, press);
  expect((await createAd(person, press)).id).toBe(first.id);
  await expect(createAd(person, { ...press, title: 'Second' })).rejects.toMatchObject({ code: 'conflict' });
});
