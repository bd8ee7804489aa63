import { randomUUID } from 'node:crypto';
import { createBrand } from '@repo/domain/brands/create-brand';
import { publishRemix } from '@repo/domain/remixes/publish-remix';
import { readRemix } from '@repo/domain/remixes/read-remixes';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as front from '#app/routes/_index/route.tsx';
import * as brandPage from '#app/routes/brands.$slug/route.tsx';
import { aPagesHouse, type PagesHouse, type Somebody, thrownBy } from '../../web/test/pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

const atFront = (who: Somebody | null) => front.loader(house.get('/', {}, who));
const atBrand = (slug: string, who: Somebody | null, search = '') =>
  brandPage.loader(house.get(`/brands/${slug}${search}`, { slug }, who));
const placeOf = async (answer: Promise<unknown>) => (await thrownBy(answer)).headers.get('location');

async function aBrandOwner(name = `Brand ${randomUUID().slice(0, 8)}`) {
  const who = await house.aPersonWithAccount();
  return { who, context: house.contextOf(who.userId), ad: await house.anAd(house.contextOf(who.userId), name) };
}

describe('who may look', () => {
  test('visitors and guests are sent to sign in, and back to where they wanted to go', async () => {
    expect(await placeOf(atFront(null))).toBe('/sign-in');
    const wanted = '/sign-in?to=%2Fbrands%2Fanything%3Fdays%3D7';
    expect(await placeOf(atBrand('anything', null, '?days=7'))).toBe(wanted);
    expect(await placeOf(atBrand('anything', await house.aGuestWithCookie(), '?days=7'))).toBe(wanted);
  });

  test('somebody without a brand stays, to be told what to do', async () => {
    expect(await atFront(await house.aPersonWithAccount())).toEqual({ name: 'Ann' });
  });

  test('a member is led to the first of their brands, by name', async () => {
    const { who, context } = await aBrandOwner(`Zebra ${randomUUID().slice(0, 6)}`);
    const first = await createBrand(context, { name: `Aardvark ${randomUUID().slice(0, 6)}` });
    expect(await placeOf(atFront(who))).toBe(`/brands/${first.slug}`);
  });

  test('the brand of others and no brand at all are the same missing page', async () => {
    const [mine, theirs] = [await aBrandOwner(), await aBrandOwner()];
    for (const slug of [theirs.ad.brand.slug, 'nobody-has-this', "'; --"]) {
      const answer = await thrownBy(atBrand(slug, mine.who));
      expect([answer.status, await answer.text()]).toEqual([404, 'There is no such brand among yours.']);
    }
  });
});

describe('the report', () => {
  test('counts what people made of the ads, to the remix and the credit', async () => {
    const { who, ad } = await aBrandOwner();
    const [one, two] = [await house.aPerson(), await house.aGuest()];
    for (const creator of [one, one, two]) {
      const asked = { adId: ad.id, prompt: 'in sepia', model: 'auto', idempotencyKey: randomUUID() };
      const { remixId } = await requestRemix(creator, asked);
      const { generation } = await readRemix(creator, remixId);
      await house.advance(generation!.id);
      if (creator === one) await publishRemix(creator, remixId);
    }
    const { report, period } = await atBrand(ad.brand.slug, who);
    expect(period).toBe(30);
    expect(report).toMatchObject({ ads: 1, remixes: 2, creators: 2, creditsSpent: 12 });
    expect(report.days).toHaveLength(30);
    expect(report.days.at(-1)).toMatchObject({ credits: 12, remixes: 3 });
    expect(report.topAds).toMatchObject([{ id: ad.id, title: ad.title, remixes: 2 }]);
    expect((await fetch(report.topAds[0]!.picture.urls['480'])).status).toBe(200);
  });

  test.each([
    ['', 30],
    ['?days=7', 7],
    ['?days=90', 90],
    ['?days=100000', 30],
    ['?days=7%27--', 30],
    ['?days=-1', 30],
  ] as const)('at %j covers %i days', async (search, days) => {
    const { who, ad } = await aBrandOwner();
    const { report, period } = await atBrand(ad.brand.slug, who, search);
    expect([period, report.days.length]).toEqual([days, days]);
  });

  test('of a new brand is all zeros', async () => {
    const who = await house.aPersonWithAccount();
    const brand = await createBrand(house.contextOf(who.userId), { name: `New ${randomUUID().slice(0, 6)}` });
    const { report } = await atBrand(brand.slug, who, '?days=7');
    expect(report).toMatchObject({ ads: 0, remixes: 0, creators: 0, creditsSpent: 0, topAds: [] });
    expect(report.days.every(({ credits, remixes }) => credits === 0 && remixes === 0)).toBe(true);
  });
});
