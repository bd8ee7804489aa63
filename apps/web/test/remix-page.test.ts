import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as feedPage from '#app/routes/_index/route.tsx';
import * as adPage from '#app/routes/ads.$adId/route.tsx';
import * as myRemixes from '#app/routes/my-remixes/route.tsx';
import { action, loader, meta } from '#app/routes/remixes.$remixId/route.tsx';
import * as download from '#app/routes/remixes.$remixId_.download/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from './pages-house.ts';

/** Prompts that make the model of these tests fail in one way or another. */
const failing = { current: null as 'refused' | 'unavailable' | null };

let house: PagesHouse;
beforeAll(async () => {
  house = await aPagesHouse({
    model: { failsWith: () => failing.current ?? undefined, notes: ['I could not do: “a unicorn”.'] },
  });
});
afterAll(() => house.close());

const show = (remixId: string, who: Somebody | null = null) =>
  loader(house.get(`/remixes/${remixId}`, { remixId }, who));
const send = (remixId: string, fields: Record<string, string>, who: Somebody | null) =>
  action(house.post(`/remixes/${remixId}`, fields, { remixId }, who));
const remixForm = (prompt: string) => ({ intent: 'remix', prompt, idempotencyKey: crypto.randomUUID() });

/** A remix that somebody just asked for. */
async function aRemix(who: Somebody, prompt = 'make it <b>warm</b>', adId?: string) {
  const ad = adId ?? (await house.anAd()).id;
  const post = house.post(`/ads/${ad}`, remixForm(prompt), { adId: ad }, who);
  const id = leadsTo(await adPage.action(post)).slice('/remixes/'.length);
  const { remix } = await show(id, who);
  return { id, adId: ad, generationId: remix.generation!.id };
}

async function aFinishedRemix(who: Somebody, prompt?: string, adId?: string) {
  const remix = await aRemix(who, prompt, adId);
  await house.advance(remix.generationId);
  return remix;
}

/** Sends a remix from another remix's page, and has it made. */
async function aRemixOf(remixId: string, who: Somebody, fields: Record<string, string> = {}) {
  const id = leadsTo(await send(remixId, { ...remixForm('sepia'), ...fields }, who)).slice('/remixes/'.length);
  const { remix } = await show(id, who);
  await house.advance(remix.generation!.id);
  return id;
}

describe('while it is made', () => {
  test('its author sees its place, what it will cost, and that this is only held', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aRemix(who);
    const { remix, receipt } = await show(id, who);
    expect(remix).toMatchObject({ isMine: true, status: 'draft', picture: null, prompt: 'make it <b>warm</b>' });
    expect(remix.generation).toMatchObject({ status: 'queued', quoted: 4, place: expect.any(Number) });
    expect(remix.original).not.toBeNull();
    expect(receipt).toMatchObject({ quoted: 4, held: 4, captured: 0, released: 0, sum: 0 });
  });

  test('nobody else finds it, neither the page nor the file', async () => {
    const { id } = await aRemix(await house.aPersonWithAccount());
    for (const who of [null, await house.aPersonWithAccount()]) {
      const answer = await thrownBy(show(id, who));
      expect([answer.status, await answer.text()]).toEqual([404, 'There is no such remix.']);
      const file = await thrownBy(download.loader(house.get('/', { remixId: id }, who)));
      expect(file.status).toBe(404);
    }
  });

  test('cancelling gives the held credits back, and its receipt says why', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aRemix(who);
    expect(leadsTo(await send(id, { intent: 'cancel' }, who))).toBe(`/remixes/${id}`);
    const { remix, receipt } = await show(id, who);
    expect(remix.generation?.status).toBe('cancelled');
    expect(receipt).toMatchObject({
      captured: 0,
      released: 4,
      sum: 0,
      why: expect.stringContaining('You cancelled it'),
    });
    expect(await house.balanceOf(who.userId)).toBe(100);
  });

  test('somebody else cannot cancel it', async () => {
    const { id } = await aRemix(await house.aPersonWithAccount());
    expect(await send(id, { intent: 'cancel' }, await house.aPersonWithAccount())).toMatchObject({
      init: { status: 404 },
    });
  });
});

describe('when nothing came of it', () => {
  test('it says why, that nothing was charged and what to do; trying again starts from the same picture', async () => {
    const who = await house.aPersonWithAccount();
    const parent = await aFinishedRemix(who);
    failing.current = 'refused';
    const id = await aRemixOf(parent.id, who).finally(() => {
      failing.current = null;
    });
    const { remix, receipt } = await show(id, who);
    expect(remix.generation).toMatchObject({
      status: 'failed',
      failure: { sentence: expect.stringContaining('refused'), nextStep: expect.stringContaining('other words') },
    });
    expect(receipt).toMatchObject({ captured: 0, released: 4, sum: 0 });

    const again = await aRemixOf(id, who, { again: 'yes', prompt: 'sepia, kindly' });
    expect((await show(again, who)).remix).toMatchObject({ parentId: parent.id, prompt: 'sepia, kindly' });
  });

  test('it cannot itself be remixed, and says that it is not there', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aRemix(who);
    expect(await send(id, remixForm('on top'), who)).toMatchObject({
      init: { status: 409 },
      data: { message: expect.stringContaining('still being made'), values: { prompt: 'on top' } },
    });
  });
});

describe('when it is made', () => {
  test('its author sees it beside the original, with the notes and a receipt that sums to nothing', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aFinishedRemix(who);
    const { remix, receipt } = await show(id, who);
    expect(remix.picture?.id).not.toBe(remix.original?.id);
    expect(remix.generation?.notes).toEqual(['I could not do: “a unicorn”.']);
    expect(receipt).toMatchObject({ quoted: 4, held: 4, captured: 4, released: 0, sum: 0, modelLabel: 'Fake model' });
    expect(receipt?.entries.map(({ kind }) => kind)).toEqual(['hold', 'capture']);
  });

  test('it comes as a file of full size with a name that says what it is', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aFinishedRemix(who);
    const answer = await download.loader(house.get('/', { remixId: id }, who));
    const file = await fetch(answer.headers.get('location')!);
    expect(file.headers.get('content-disposition')).toMatch(
      new RegExp(`attachment; filename="brand-[\\da-f]+-an-ad-remix-${id.slice(-6)}\\.(jpg|png)"`),
    );
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
  });

  test('publishing shows it to everybody, with author, thread and a picture to share', async () => {
    const [who, other] = [await house.aPersonWithAccount(), await house.aPersonWithAccount()];
    const first = await aFinishedRemix(who);
    expect(leadsTo(await send(first.id, { intent: 'publish' }, who))).toBe(`/remixes/${first.id}?done=published`);
    const second = await aRemixOf(first.id, other);
    await send(second, { intent: 'publish' }, other);

    const seen = await show(second);
    expect(seen.remix).toMatchObject({ isMine: false, status: 'published', author: { name: 'Ann' }, generation: null });
    expect(seen.receipt).toBeNull();
    expect(seen.ancestors.map(({ id }) => id)).toEqual([first.id]);
    expect((await show(first.id)).children.items.map(({ id }) => id)).toEqual([second]);

    const tags = meta({ data: seen, matches: [], params: {}, location: { pathname: `/remixes/${second}` } } as never);
    expect(JSON.stringify(tags)).toContain(seen.remix.picture?.urls['1600']);
    expect(JSON.stringify(tags)).not.toContain('noindex');
    const { feed } = await feedPage.loader(house.get('/?tab=remixes'));
    expect(feed.items.map((item) => item.type === 'remix' && item.remix.id)).toContain(second);
  });

  test('a draft is kept from search engines and shows no picture to share', async () => {
    const who = await house.aPersonWithAccount();
    const { id } = await aFinishedRemix(who);
    const data = await show(id, who);
    const tags = JSON.stringify(meta({ data, matches: [], params: {}, location: { pathname: '/' } } as never));
    expect(tags).toContain('noindex');
    expect(tags).not.toContain(data.remix.picture?.id);
  });

  test('a guest who publishes is led to sign up and back', async () => {
    const { cookie, userId } = await house.aGuestWithCookie();
    const { id } = await aFinishedRemix({ cookie, userId });
    expect(leadsTo(await send(id, { intent: 'publish' }, { cookie, userId }))).toBe(
      `/sign-up?to=${encodeURIComponent(`/remixes/${id}`)}`,
    );
  });

  test('a parent that its author deleted no longer stands in the thread, and the remix stays', async () => {
    const [who, other] = [await house.aPersonWithAccount(), await house.aPersonWithAccount()];
    const first = await aFinishedRemix(who);
    await send(first.id, { intent: 'publish' }, who);
    const second = await aRemixOf(first.id, other);
    await send(second, { intent: 'publish' }, other);
    expect(leadsTo(await send(first.id, { intent: 'delete' }, who))).toBe('/my-remixes?done=remix-deleted');
    expect((await thrownBy(show(first.id, who))).status).toBe(404);
    const { remix, ancestors } = await show(second);
    expect([remix.parent, ancestors]).toEqual([null, []]);
    expect(remix.picture).not.toBeNull();
  });
});

describe('my remixes', () => {
  const list = (who: Somebody | null) => myRemixes.loader(house.get('/my-remixes', {}, who));

  test('are an empty list for a visitor, who is not asked to sign in', async () => {
    expect(await list(null)).toMatchObject({ remixes: { items: [] }, isVisitor: true });
  });

  test('are everything a person made, whatever became of it, newest first, and nothing of others', async () => {
    const who = await house.aPersonWithAccount();
    await aFinishedRemix(await house.aPersonWithAccount());
    const done = await aFinishedRemix(who);
    const cancelled = await aRemix(who);
    await send(cancelled.id, { intent: 'cancel' }, who);
    const { remixes, isGuest } = await list(who);
    expect(remixes.items.map(({ id, generationStatus }) => [id, generationStatus])).toEqual([
      [cancelled.id, 'cancelled'],
      [done.id, 'done'],
    ]);
    expect(isGuest).toBe(false);
  });
});
