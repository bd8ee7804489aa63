import { randomUUID } from 'node:crypto';
import { remixes, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergeGuest } from '../src/accounts/merge-guest.ts';
import { readBrandReport } from '../src/brands/read-brand-report.ts';
import { readBalance } from '../src/credits/read-credits.ts';
import { readMyRemixes } from '../src/remixes/read-remixes.ts';
import { requestRemix } from '../src/remixes/request-remix.ts';
import { aWorld, type World } from '../src/testing.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

const press = (adId: string, prompt = 'in sepia') => ({ adId, prompt, model: 'auto', idempotencyKey: randomUUID() });
const generationOf = async (remixId: string) => {
  const [row] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select({ id: remixes.generationId }).from(remixes).where(eq(remixes.id, remixId)),
  );
  return row!.id;
};

test('a visitor is shown what a guest gets, and nothing is written for it', async () => {
  expect(await readBalance(world.visitor)).toEqual({ credits: 20, held: 0, isGuest: true, nextAllowanceAt: null });
});

test('a guest gets 20 credits once, an account 100', async () => {
  const guest = await world.aGuest();
  expect((await readBalance(guest)).credits).toBe(20);
  expect((await readBalance(guest)).credits).toBe(20);
  const person = await world.aPerson();
  expect(await readBalance(person)).toMatchObject({ credits: 100, isGuest: false, nextAllowanceAt: expect.any(Date) });
});

test('a new month tops an account up to 100 and adds nothing to what is left', async () => {
  const ad = await world.anAd();
  const person = await world.aPerson();
  await requestRemix(person, press(ad.id));
  expect(await readBalance(person)).toMatchObject({ credits: 96, held: 4 });
  world.clock.offsetMs = 40 * 86_400_000;
  try {
    expect((await readBalance(person)).credits).toBe(100);
    await requestRemix(person, press(ad.id));
    expect((await readBalance(person)).credits).toBe(96);
  } finally {
    world.clock.offsetMs = 0;
  }
});

test('guests behind one address share a daily limit, and the next is told to sign up by an empty balance', async () => {
  const from = `address ${randomUUID()}`;
  for (let n = 0; n < 20; n++) {
    expect((await readBalance({ ...(await world.aGuest()), addressHash: from })).credits).toBe(20);
  }
  expect((await readBalance({ ...(await world.aGuest()), addressHash: from })).credits).toBe(0);
  expect((await readBalance({ ...(await world.aGuest()), addressHash: 'elsewhere' })).credits).toBe(20);
});

test("a guest's remixes and credits come along, once, and what is being made is finished for the account", async () => {
  const ad = await world.anAd();
  const [guest, person] = [await world.aGuest(), await world.aPerson()];
  const done = await requestRemix(guest, press(ad.id));
  await world.advance(await generationOf(done.remixId));
  const open = await requestRemix(guest, press(ad.id));

  const merge = { guestId: guest.actor.userId, userId: person.actor.userId };
  await Promise.all([mergeGuest(world.system, merge), mergeGuest(world.system, merge)]);
  await mergeGuest(world.system, merge);

  expect((await readBalance(person)).credits).toBe(112);
  expect((await readMyRemixes(person, { limit: 10 })).items.map(({ id }) => id).sort()).toEqual(
    [done.remixId, open.remixId].sort(),
  );
  expect((await readMyRemixes(guest, { limit: 10 })).items).toEqual([]);
  await world.advance(await generationOf(open.remixId));
  expect((await readBalance(person)).credits).toBe(112);
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('what fails after a guest signed up is given back to the account', async () => {
  const { cancelGeneration } = await import('../src/generation/cancel-generation.ts');
  const ad = await world.anAd();
  const [guest, person] = [await world.aGuest(), await world.aPerson()];
  const { remixId } = await requestRemix(guest, press(ad.id));
  await mergeGuest(world.system, { guestId: guest.actor.userId, userId: person.actor.userId });
  expect((await readBalance(person)).credits).toBe(116);
  await cancelGeneration(person, await generationOf(remixId));
  expect((await readBalance(person)).credits).toBe(120);
});

test('what a guest presses at the moment of signing in is refused or comes along, and is never left behind', async () => {
  const ad = await world.anAd();
  for (let n = 0; n < 5; n++) {
    const [guest, person] = [await world.aGuest(), await world.aPerson()];
    const [pressed] = await Promise.allSettled([
      requestRemix(guest, press(ad.id)),
      mergeGuest(world.system, { guestId: guest.actor.userId, userId: person.actor.userId }),
    ]);
    const mine = (await readMyRemixes(person, { limit: 10 })).items;
    expect(mine).toHaveLength(pressed.status === 'fulfilled' ? 1 : 0);
    await expect(requestRemix(guest, press(ad.id))).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(await world.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
});

test('an idempotency key that guest and account both used stops no merge', async () => {
  const ad = await world.anAd();
  const [guest, person] = [await world.aGuest(), await world.aPerson()];
  const same = press(ad.id);
  await requestRemix(guest, same);
  const mine = await requestRemix(person, same);
  await mergeGuest(world.system, { guestId: guest.actor.userId, userId: person.actor.userId });
  expect(await requestRemix(person, same)).toEqual(mine);
  expect((await readMyRemixes(person, { limit: 10 })).items).toHaveLength(2);
});

test("a brand's report counts its ads, remixes, creators and credits by day, and nobody else's", async () => {
  const owner = await world.aPerson();
  const ad = await world.anAd(owner);
  const [one, two] = [await world.aPerson(), await world.aGuest()];
  for (const who of [one, one, two]) {
    const { remixId } = await requestRemix(who, press(ad.id));
    await world.advance(await generationOf(remixId));
  }
  await requestRemix(one, press((await world.anAd()).id));
  const report = await readBrandReport(owner, { brandId: ad.brand.id, days: 7 });
  expect(report).toMatchObject({ ads: 1, remixes: 0, creators: 2, creditsSpent: 12 });
  expect(report.days).toHaveLength(7);
  expect(report.days.at(-1)).toMatchObject({ day: new Date().toISOString().slice(0, 10), credits: 12, remixes: 3 });
  expect(report.topAds).toEqual([
    { id: ad.id, title: ad.title, remixes: 0, picture: expect.objectContaining({ urls: ad.picture.urls }) },
  ]);
  await expect(readBrandReport(one, { brandId: ad.brand.id, days: 7 })).rejects.toMatchObject({ code: 'not_found' });
});
