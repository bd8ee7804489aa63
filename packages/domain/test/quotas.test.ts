import { randomUUID } from 'node:crypto';
import { events, generations } from '@repo/db';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { mergeGuest } from '../src/accounts/merge-guest.ts';
import type { UserContext } from '../src/context.ts';
import { grantToBrand } from '../src/credits/adjust-credits.ts';
import { DomainError } from '../src/errors.ts';
import type { Amounts } from '../src/quotas/amounts.ts';
import { readQuotas, readQuotasOf } from '../src/quotas/read-quotas.ts';
import { rebuildUsageMonths } from '../src/quotas/rebuild-usage-months.ts';
import { reserveQuota } from '../src/quotas/reserve-quota.ts';
import type { QuotaMetric } from '../src/quotas/rules.ts';
import { setQuota } from '../src/quotas/set-quota.ts';
import { settleQuota } from '../src/quotas/settle-quota.ts';
import { aLedgerHouse, type LedgerHouse } from './ledger-house.ts';

let house: LedgerHouse;
let staff: UserContext;
beforeAll(async () => {
  house = await aLedgerHouse();
  staff = await house.aPerson('staff');
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.now = new Date('2026-11-20T12:00:00Z');
});

const limit = (who: UserContext, metric: QuotaMetric, most: number | null) =>
  setQuota(staff, { of: { userId: who.actor.userId }, metric, limit: most });
const reserve = (who: UserContext, amounts: Amounts, brandId: string | null = null) =>
  house.asSystem((tx) => reserveQuota(tx, { userId: who.actor.userId, brandId, amounts, now: house.clock.now }));
const settle = (who: UserContext, reserved: Amounts, used: Amounts | null, createdAt = house.clock.now) =>
  house.asSystem((tx) => settleQuota(tx, { userId: who.actor.userId, brandId: null, reserved, used, createdAt }));
const usedBy = async (who: UserContext, brandId?: string) => {
  const { mine, brand } = await readQuotas(who, { brandId });
  return Object.fromEntries((brand ?? mine).lines.map(({ metric, used }) => [metric, used]));
};
const lineOf = async (who: UserContext, metric: QuotaMetric) =>
  (await readQuotas(who, {})).mine.lines.find((line) => line.metric === metric)!;

test('without a row there is no limit, and what is used is counted all the same', async () => {
  const person = await house.aPerson();
  await reserve(person, { images: 1, credits: 4, tokens: 120, video_seconds: 6 });
  await reserve(person, { images: 1, credits: 4 });
  expect(await usedBy(person)).toEqual({ images: 2, video_seconds: 6, tokens: 120, credits: 8 });
  expect((await readQuotas(person, {})).mine).toMatchObject({
    month: '2026-11',
    resetsAt: new Date('2026-12-01'),
    maySet: false,
  });
  for (const line of (await readQuotas(person, {})).mine.lines) {
    expect([line.limit, line.fraction, line.warning, line.sentence]).toEqual([null, null, null, null]);
  }
});

test('a visitor has used nothing and is told so without signing in', async () => {
  const { mine, brand } = await readQuotas(house.visitor, {});
  expect([mine.subject.id, mine.lines.map(({ used }) => used), brand]).toEqual([null, [0, 0, 0, 0], null]);
});

test('what goes beyond the limit is refused in a clear sentence, and counts nothing', async () => {
  const person = await house.aPerson();
  await limit(person, 'images', 2);
  await reserve(person, { images: 1, credits: 4 });
  await reserve(person, { images: 1, credits: 4 });
  await expect(reserve(person, { images: 1, credits: 4 })).rejects.toMatchObject({
    code: 'quota_exceeded',
    message:
      'Your quota of 2 pictures for November is used up: 2 of 2. It starts again on 1 December (UTC). The staff of Remixify can raise it. Nothing was charged.',
    details: { metric: 'images', used: 2, limit: 2, wanted: 1 },
  });
  expect(await usedBy(person)).toMatchObject({ images: 2, credits: 8 });
});

test('a request that is larger than what is left is told how much is left', async () => {
  const person = await house.aPerson();
  await limit(person, 'video_seconds', 10);
  await reserve(person, { video_seconds: 6 });
  await expect(reserve(person, { video_seconds: 6 })).rejects.toMatchObject({
    message:
      'Your quota of 10 seconds of film for November has 4 left, and this may take 6 seconds of film. It starts again on 1 December (UTC). The staff of Remixify can raise it. Nothing was charged.',
  });
});

test('a limit that is used up stops only what it counts', async () => {
  const person = await house.aPerson();
  await limit(person, 'video_seconds', 0);
  await reserve(person, { images: 1 });
  await expect(reserve(person, { video_seconds: 4 })).rejects.toMatchObject({ code: 'quota_exceeded' });
});

test('a brand’s quota stops whoever spends for it, names the brand and who can raise it, and counts for nobody then', async () => {
  const [owner, editor] = [await house.aPerson(), await house.aPerson()];
  const brandId = await house.aBrand(owner, 'Ostrel');
  await house.join(brandId, editor, 'editor');
  await setQuota(owner, { of: { brandId }, metric: 'credits', limit: 1_000 });
  await reserve(owner, { credits: 998 }, brandId);
  await expect(reserve(editor, { credits: 4 }, brandId)).rejects.toMatchObject({
    code: 'quota_exceeded',
    message:
      'The quota of Ostrel of 1,000 credits for November has 2 left, and this may take 4 credits. It starts again on 1 December (UTC). Its owners can raise it. Nothing was charged.',
  });
  expect(await usedBy(editor)).toMatchObject({ credits: 0 });
  expect(await usedBy(owner)).toMatchObject({ credits: 998 });
  expect(await usedBy(editor, brandId)).toMatchObject({ credits: 998 });
  await reserve(editor, { credits: 4 });
});

test('of fifty requests at once exactly as many pass as the quota has room for, for a person', async () => {
  const person = await house.aPerson();
  await limit(person, 'images', 20);
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, () => reserve(person, { images: 1, credits: 4 })),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  for (const result of results) {
    if (result.status === 'rejected')
      expect(DomainError.is(result.reason) && result.reason.code).toBe('quota_exceeded');
  }
  expect(await usedBy(person)).toMatchObject({ images: 20, credits: 80 });
});

test('fifty at once by many people for two brands, opened and settled, end without a deadlock and with true counts', async () => {
  const owner = await house.aPerson();
  const brands = [await house.aBrand(owner, 'One'), await house.aBrand(owner, 'Two')];
  const people = await Promise.all(Array.from({ length: 5 }, () => house.aPerson()));
  await setQuota(owner, { of: { brandId: brands[0]! }, metric: 'images', limit: 15 });
  const press = async (n: number) => {
    const [person, brandId] = [people[n % people.length]!, brands[n % 2]!];
    await reserve(person, { images: 1 }, brandId);
    const settlement = { userId: person.actor.userId, brandId, reserved: { images: 1 }, createdAt: house.clock.now };
    if (n % 3 === 0) await house.asSystem((tx) => settleQuota(tx, { ...settlement, used: null }));
    return n % 3 === 0 ? 0 : 1;
  };
  const results = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => press(n)));
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'quota_exceeded' });
  }
  const kept = results.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0);
  const [one, two] = [await usedBy(owner, brands[0]), await usedBy(owner, brands[1])];
  expect(one['images']! + two['images']!).toBe(kept);
  expect(one['images']).toBeLessThanOrEqual(15);
  const byPeople = await Promise.all(people.map((person) => usedBy(person)));
  expect(byPeople.reduce((sum, { images }) => sum + images!, 0)).toBe(kept);
});

test('what was used takes the place of what was reserved; nothing used, nothing counted', async () => {
  const person = await house.aPerson();
  const reserved = { tokens: 2_500, credits: 7 };
  await reserve(person, reserved);
  await settle(person, reserved, { tokens: 180, credits: 1 });
  expect(await usedBy(person)).toMatchObject({ tokens: 180, credits: 1 });
  await reserve(person, reserved);
  await settle(person, reserved, null);
  expect(await usedBy(person)).toMatchObject({ tokens: 180, credits: 1 });
});

test('a month ends at midnight UTC: the quota starts again, and what was begun before counts where it began', async () => {
  const person = await house.aPerson();
  await limit(person, 'images', 1);
  house.clock.now = new Date('2026-11-30T23:59:59.999Z');
  const begun = house.clock.now;
  await reserve(person, { images: 1 });
  await expect(reserve(person, { images: 1 })).rejects.toMatchObject({ code: 'quota_exceeded' });
  house.clock.now = new Date('2026-12-01T00:00:00.000Z');
  await reserve(person, { images: 1 });
  await expect(reserve(person, { images: 1 })).rejects.toMatchObject({
    message: expect.stringContaining('for December is used up: 1 of 1. It starts again on 1 January (UTC).'),
  });
  await settle(person, { images: 1 }, null, begun);
  expect(await usedBy(person)).toMatchObject({ images: 1 });
  house.clock.now = begun;
  expect(await usedBy(person)).toMatchObject({ images: 0 });
});

test('from eighty percent on there is a soft warning, from a hundred a hard one', async () => {
  const person = await house.aPerson();
  await limit(person, 'images', 10);
  await reserve(person, { images: 7 });
  expect(await lineOf(person, 'images')).toMatchObject({ used: 7, fraction: 0.7, warning: null, sentence: null });
  await reserve(person, { images: 1 });
  expect(await lineOf(person, 'images')).toMatchObject({
    fraction: 0.8,
    warning: 'soft',
    sentence: 'Your quota of 10 pictures for November is 80 % used: 8 of 10. It starts again on 1 December (UTC).',
  });
  await reserve(person, { images: 2 });
  expect(await lineOf(person, 'images')).toMatchObject({
    warning: 'hard',
    sentence: 'Your quota of 10 pictures for November is used up: 10 of 10. It starts again on 1 December (UTC).',
  });
  await limit(person, 'tokens', 0);
  expect(await lineOf(person, 'tokens')).toMatchObject({ fraction: 1, warning: 'hard' });
});

test('the staff sets anybody’s quota and owners their brand’s; a limit can be raised and taken away', async () => {
  const [owner, admin, outsider] = [await house.aPerson(), await house.aPerson(), await house.aPerson()];
  const brandId = await house.aBrand(owner);
  await house.join(brandId, admin, 'admin');
  const set = (who: UserContext, most: number | null) =>
    setQuota(who, { of: { brandId }, metric: 'images', limit: most });
  for (const who of [admin, outsider]) await expect(set(who, 5)).rejects.toMatchObject({ code: 'forbidden' });
  const own = { of: { userId: owner.actor.userId }, metric: 'images' as const, limit: 5 };
  await expect(setQuota(owner, own)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(setQuota(staff, { ...own, of: { brandId: randomUUID() } })).rejects.toMatchObject({ code: 'not_found' });

  const limitIn = (report: Awaited<ReturnType<typeof set>>) =>
    report.lines.find(({ metric }) => metric === 'images')!.limit;
  expect(limitIn(await set(staff, 5))).toBe(5);
  expect(limitIn(await set(owner, 9))).toBe(9);
  expect((await readQuotas(owner, { brandId })).brand?.maySet).toBe(true);
  expect((await readQuotas(admin, { brandId })).brand?.maySet).toBe(false);
  expect(limitIn(await set(owner, null))).toBeNull();
  const heard = await house.asSystem((tx) =>
    tx.select({ payload: events.payload }).from(events).where(eq(events.nounId, brandId)).orderBy(events.id),
  );
  expect(heard.map(({ payload }) => payload['limit'])).toEqual([5, 9, null]);
});

test('only the staff looks at the quotas of others; a brand’s are its members’ and the staff’s', async () => {
  const [person, outsider] = [await house.aPerson(), await house.aPerson()];
  const brandId = await house.aBrand(person, 'Pippola');
  const of = { userId: person.actor.userId };
  expect((await readQuotasOf(staff, { of })).subject).toEqual({ kind: 'user', id: of.userId, name: 'Ada' });
  await expect(readQuotasOf(outsider, { of })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(readQuotas(outsider, { brandId })).rejects.toMatchObject({ code: 'not_found' });
  expect((await readQuotas(person, { brandId })).brand?.subject.name).toBe('Pippola');
  expect((await readQuotas(staff, { brandId })).brand?.maySet).toBe(true);
});

test('what a guest has used, and what is still being made, comes along to the account', async () => {
  const [guest, person] = [await house.aPerson('guest'), await house.aPerson()];
  await reserve(guest, { images: 2 });
  await reserve(person, { images: 1 });
  await mergeGuest(house.system, { guestId: guest.actor.userId, userId: person.actor.userId });
  expect(await usedBy(person)).toMatchObject({ images: 3 });
  await settle(person, { images: 1 }, null);
  expect(await usedBy(person)).toMatchObject({ images: 2 });
});

test('counters that were lost are counted anew from the generations, to the same numbers', async () => {
  const person = await house.aPerson();
  const brandId = await house.aBrand(person);
  await house.asSystem(async (tx) => {
    await tx.execute(sql`delete from generation`);
    await tx.execute(sql`delete from usage_month`);
  });
  const begin = async (createdAt: string, reserved: Amounts, brand: string | null = null) => {
    house.clock.now = new Date(createdAt);
    await reserve(person, reserved, brand);
    return house.held(person, reserved.credits!, { reserved, brandId: brand });
  };
  const done = await begin('2026-11-30T23:59:59Z', { images: 1, credits: 10 });
  await house.capture(done, 7);
  await settle(person, { images: 1, credits: 10 }, { images: 1, credits: 7 });
  const failed = await begin('2026-12-01T00:00:00Z', { tokens: 900, credits: 5 });
  await house.release(failed);
  await settle(person, { tokens: 900, credits: 5 }, null);
  await grantToBrand(staff, { brandId, amount: 50, reason: 'A start.', idempotencyKey: randomUUID() });
  await begin('2026-12-01T00:00:01Z', { video_seconds: 6, credits: 30 }, brandId);
  const reused = await begin('2026-12-01T00:00:02Z', { credits: 1 });
  await house.asSystem(async (tx) => {
    const change = { status: 'done' as const, reusedFromId: done, reserved: {} };
    await tx.update(generations).set(change).where(eq(generations.id, reused));
  });
  await settle(person, { credits: 1 }, null);
  const counted = () =>
    house.asSystem(async (tx) => [
      ...(await tx.execute(sql`
        select user_id, brand_id, month, images::int, video_seconds::float8, tokens::int, credits::int
        from usage_month order by month, user_id`)),
    ]);
  const before = await counted();
  expect(before.map(({ month, credits }) => [month, credits])).toEqual([
    ['2026-11', 7],
    ['2026-12', 30],
    ['2026-12', 30],
  ]);
  await house.asSystem((tx) => tx.execute(sql`update usage_month set credits = 999, images = 0`));
  expect(await rebuildUsageMonths(house.system)).toBe(3);
  expect(await counted()).toEqual(before);
});
