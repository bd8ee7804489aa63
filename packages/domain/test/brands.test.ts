import { afterAll, beforeAll, expect, test } from 'vitest';
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
