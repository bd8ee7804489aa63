import { randomUUID } from 'node:crypto';
import { transactAs, users } from '@repo/db';
import type { AdView } from '@repo/domain/ads/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aHouse, type House } from './api-house.ts';

let house: House;
let ad: AdView;
beforeAll(async () => {
  house = await aHouse();
  ad = await house.anAd();
});
afterAll(() => house.close());

const press = () => ({ adId: ad.id, prompt: 'in sepia', model: 'auto', idempotencyKey: randomUUID() });

const guestsAfter = async (work: () => Promise<unknown>): Promise<number> => {
  const count = () => transactAs(house.db, house.system.actor, (tx) => tx.$count(users));
  const before = await count();
  await work();
  return (await count()) - before;
};

test('a visitor’s first write makes exactly one guest, whose the remix and its cost are', async () => {
  const asked = press();
  let remixId = '';
  const made = await guestsAfter(async () => {
    const { result } = await house.post(house.visitor, 'remixes.request', asked);
    remixId = (result as { remixId: string }).remixId;
  });
  expect(made).toBe(1);
  const [row] = await house.db.execute<{ author_id: string; is_anonymous: boolean }>(
    `select author_id, is_anonymous from remix join "user" on "user".id = author_id where remix.id = '${remixId}'`,
  );
  expect(row?.is_anonymous).toBe(true);
  expect(await house.balanceOf(row!.author_id)).toBe(16);
});

test('the guest is made under the key of the press, so that both halves of a double click can be one', async () => {
  const asked = press();
  await house.post(house.visitor, 'remixes.request', asked);
  expect(house.presses.at(-1)).toBe(asked.idempotencyKey);
});

test('reading makes no guest', async () => {
  const reads = async () => {
    await house.get(house.visitor, 'ads.feed', {});
    await house.get(house.visitor, 'ads.byId', { id: ad.id });
    await house.get(house.visitor, 'remixes.ofAd', { adId: ad.id });
    expect((await house.get(house.visitor, 'credits.balance')).result).toMatchObject({ credits: 20, isGuest: true });
    await house.get(house.visitor, 'generation.models');
    await house.get(house.visitor, 'remixes.mine', {});
  };
  expect(await guestsAfter(reads)).toBe(0);
});

test('a write that is sent as a GET is refused before anybody becomes a guest', async () => {
  const made = await guestsAfter(async () => {
    const { status } = await house.get(house.visitor, 'remixes.request', press());
    expect(status).toBe(405);
  });
  expect(made).toBe(0);
});

test('a write that makes no sense is refused before anybody becomes a guest', async () => {
  const made = await guestsAfter(async () => {
    expect((await house.post(house.visitor, 'remixes.request', { ...press(), prompt: ' ' })).status).toBe(400);
    expect((await house.post(house.visitor, 'moderation.report', { reason: 'no target' })).status).toBe(400);
  });
  expect(made).toBe(0);
});

test('a guest who writes again stays the same guest', async () => {
  const guest = await house.aGuest();
  const made = await guestsAfter(async () => {
    await house.post(guest, 'remixes.request', press());
    await house.post(guest, 'moderation.report', { target: { adId: ad.id }, reason: 'It is a trap.' });
  });
  expect(made).toBe(0);
  expect(await house.balanceOf(guest.actor.userId)).toBe(16);
});

test('a guest sees what they made, and nobody else does', async () => {
  const guest = await house.aGuest();
  const { result } = await house.post(guest, 'remixes.request', press());
  const { remixId } = result as { remixId: string };
  const mine = await house.get(guest, 'remixes.mine', {});
  expect((mine.result as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([remixId]);
  expect((await house.get(house.visitor, 'remixes.byId', { id: remixId })).status).toBe(404);
});
