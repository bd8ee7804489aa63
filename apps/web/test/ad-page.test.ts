import { PROMPT_MAX_CHARS } from '@repo/domain/generation/rules';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as feed from '#app/routes/_index/route.tsx';
import { action, loader } from '#app/routes/ads.$adId/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse();
});
afterAll(() => house.close());

const aKey = () => crypto.randomUUID();
const remixForm = (prompt: string, idempotencyKey = aKey()) => ({ intent: 'remix', prompt, idempotencyKey });

const show = (adId: string, who: Somebody | null = null, search = '') =>
  loader(house.get(`/ads/${adId}${search}`, { adId }, who));
const send = (adId: string, fields: Record<string, string>, who: Somebody | null = null) =>
  action(house.post(`/ads/${adId}`, fields, { adId }, who));

describe('the page of an ad', () => {
  test('shows the ad, its remixes and what one costs to a visitor', async () => {
    const ad = await house.anAd();
    const page = await show(ad.id);
    expect(page.ad).toMatchObject({ id: ad.id, title: ad.title, mayRemove: false });
    expect(page.remixes).toEqual({ items: [], nextCursor: null });
    expect(page.composer.models).toEqual([expect.objectContaining({ label: 'Fake model' })]);
  });

  test.each(['nope', '123', '%00', "'; drop table ad;--"])(
    'at the address %j is a 404 with a sentence',
    async (adId) => {
      const answer = await thrownBy(show(adId));
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('address is not complete');
    },
  );

  test('that does not exist is a 404 with a sentence', async () => {
    const answer = await thrownBy(show(crypto.randomUUID()));
    expect([answer.status, await answer.text()]).toEqual([404, 'There is no such ad.']);
  });

  test('starts with the words its link brings, cut where they would never end', async () => {
    const { id } = await house.anAd();
    expect((await show(id, null, '?say=as%20a%20polaroid')).said).toBe('as a polaroid');
    expect((await show(id, null, `?say=${'x'.repeat(5_000)}`)).said).toHaveLength(300);
  });

  test('asked for a damaged next page says so', async () => {
    const { id } = await house.anAd();
    const answer = await thrownBy(show(id, null, '?after=%25%25'));
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('damaged')]);
  });
});

describe('asking for a remix', () => {
  test('leads to it, and holds what it costs', async () => {
    const [ad, who] = [await house.anAd(), await house.aPersonWithAccount()];
    const path = leadsTo(await send(ad.id, remixForm('make it a snowy night'), who));
    expect(path).toMatch(/^\/remixes\/[\da-f-]{36}$/);
    expect(await house.balanceOf(who.userId)).toBe(96);
  });

  test('of a visitor makes them a guest with what guests are given', async () => {
    const ad = await house.anAd();
    const remixId = leadsTo(await send(ad.id, remixForm('in black and white'))).slice('/remixes/'.length);
    const [author] = await house.db.$client`
      select u.id, u.is_anonymous from "user" u join remix on remix.author_id = u.id where remix.id = ${remixId}`;
    expect(author?.['is_anonymous']).toBe(true);
    expect(await house.balanceOf(author?.['id'])).toBe(16);
  });

  test('twice by one form is one remix at one price; other words from the same form are another', async () => {
    const [ad, who, key] = [await house.anAd(), await house.aPersonWithAccount(), aKey()];
    const [first, second] = await Promise.all([
      send(ad.id, remixForm('sunset', key), who),
      send(ad.id, remixForm('sunset', key), who),
    ]);
    expect(leadsTo(first)).toBe(leadsTo(second));
    expect(await house.balanceOf(who.userId)).toBe(96);
    const other = await send(ad.id, remixForm('sunrise', key), who);
    expect(leadsTo(other)).not.toBe(leadsTo(first));
    expect(await house.balanceOf(who.userId)).toBe(92);
  });

  test.each([
    ['empty', ' \n ', 'the prompt is empty'],
    ['of 10,000 characters', 'x'.repeat(10_000), 'at most 2,000 characters; this one has 10,000'],
    ['one character too long', '😀'.repeat(PROMPT_MAX_CHARS + 1), 'this one has 2,001'],
  ])('with a prompt that is %s comes back on its field, with the text', async (_, prompt, sentence) => {
    const ad = await house.anAd();
    const answer = await send(ad.id, remixForm(prompt));
    expect(answer).toMatchObject({
      init: { status: 400 },
      data: { fields: { prompt: [expect.stringContaining(sentence)] }, values: { prompt } },
    });
  });

  test('without the credits says what is missing, charges nothing and keeps the text', async () => {
    const [ad, who] = [await house.anAd(), await house.aPersonWithAccount()];
    for (let spent = 0; spent < 100; spent += 4) await send(ad.id, remixForm('warm'), who);
    const answer = await send(ad.id, remixForm('one more'), who);
    expect(answer).toMatchObject({
      init: { status: 402 },
      data: { message: 'This costs 4 credits and you have 0. Nothing was charged.', values: { prompt: 'one more' } },
    });
    expect(await house.balanceOf(who.userId)).toBe(0);
  });

  test('after the session ended keeps the text and offers the way to sign in and back', async () => {
    const ad = await house.anAd();
    const who = await house.aPersonWithAccount();
    const lapsed = { ...who, cookie: await house.endSessionsOf(who) };
    const answer = await send(ad.id, remixForm('neon'), lapsed);
    expect(answer).toMatchObject({
      init: { status: 401 },
      data: { signIn: `/sign-in?to=%2Fads%2F${ad.id}`, values: { prompt: 'neon' } },
    });
  });

  test('of an ad that was removed meanwhile says so in the form', async () => {
    const author = await house.aPersonWithAccount();
    const ad = await house.anAd(house.contextOf(author.userId));
    await send(ad.id, { intent: 'remove' }, author);
    const answer = await send(ad.id, remixForm('neon'));
    expect(answer).toMatchObject({
      init: { status: 404 },
      data: { message: 'There is no such ad.', values: { prompt: 'neon' } },
    });
  });
});

describe('what else can be done with an ad', () => {
  test('anybody can report it, and must say why', async () => {
    const ad = await house.anAd();
    const report = (reason: string) => send(ad.id, { intent: 'report', reason, idempotencyKey: aKey() });
    expect(leadsTo(await report('<b>not</b> an ad'))).toBe(`/ads/${ad.id}?done=reported`);
    expect(await report('  ')).toMatchObject({
      init: { status: 400 },
      data: { fields: { reason: ['Say what is wrong with it.'] } },
    });
  });

  test('a stranger cannot remove it, its author can, and then it is gone from page and feed', async () => {
    const [author, stranger] = [await house.aPersonWithAccount(), await house.aPersonWithAccount()];
    const ad = await house.anAd(house.contextOf(author.userId));
    expect(await send(ad.id, { intent: 'remove' }, stranger)).toMatchObject({ init: { status: 403 } });
    expect((await show(ad.id, author)).ad.mayRemove).toBe(true);
    expect(leadsTo(await send(ad.id, { intent: 'remove' }, author))).toBe('/?done=ad-removed');
    expect((await thrownBy(show(ad.id, author))).status).toBe(404);
    const { feed: shown } = await feed.loader(house.get('/?tab=ads'));
    expect(shown.items.map((item) => item.type === 'ad' && item.ad.id)).not.toContain(ad.id);
  });

  test('only the staff hides it, and can show it again', async () => {
    const [ad, staff, other] = [
      await house.anAd(),
      await house.aStaffMemberWithAccount(),
      await house.aPersonWithAccount(),
    ];
    expect(await send(ad.id, { intent: 'hide' }, other)).toMatchObject({ init: { status: 403 } });
    expect(leadsTo(await send(ad.id, { intent: 'hide' }, staff))).toBe(`/ads/${ad.id}?done=hidden`);
    expect((await thrownBy(show(ad.id, other))).status).toBe(404);
    expect((await show(ad.id, staff)).ad.status).toBe('hidden');
    expect(leadsTo(await send(ad.id, { intent: 'show' }, staff))).toBe(`/ads/${ad.id}?done=shown`);
    expect((await show(ad.id, other)).ad.status).toBe('published');
  });
});

test('a form with no known intent changes nothing and is refused', async () => {
  const ad = await house.anAd();
  expect(await send(ad.id, { intent: 'explode' })).toMatchObject({ init: { status: 400 } });
});
