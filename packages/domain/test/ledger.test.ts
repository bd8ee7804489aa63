import { randomUUID } from 'node:crypto';
import { events, ledgerAccounts, ledgerEntries, users } from '@repo/db';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { adjustCredits } from '../src/credits/adjust-credits.ts';
import { captureHold, releaseHold } from '../src/credits/hold-credits.ts';
import { platformAccount, postMovement } from '../src/credits/post-movement.ts';
import { postProviderCost } from '../src/credits/post-provider-cost.ts';
import { readBalance } from '../src/credits/read-credits.ts';
import { rebuildBalances } from '../src/credits/rebuild-balances.ts';
import { refundGeneration } from '../src/credits/refund-generation.ts';
import { DomainError } from '../src/errors.ts';
import { aLedgerHouse, type LedgerHouse } from './ledger-house.ts';

let house: LedgerHouse;
let staff: UserContext;
beforeAll(async () => {
  house = await aLedgerHouse();
  staff = await house.aPerson('staff');
});
afterAll(() => house.close());
afterEach(async () => {
  const { sums, ...wrong } = await house.books();
  expect(Object.values(sums).filter((sum) => sum !== 0)).toEqual([]);
  expect(wrong).toEqual({ wrongBalances: 0, overdrawn: 0 });
});

const entriesOf = async (generationId: string) =>
  (
    await house.asSystem((tx) =>
      tx
        .select({ kind: ledgerEntries.kind, amount: ledgerEntries.amount, memo: ledgerEntries.memo })
        .from(ledgerEntries)
        .where(and(eq(ledgerEntries.generationId, generationId), sql`amount > 0`))
        .orderBy(ledgerEntries.id),
    )
  ).map(({ kind, amount, memo }) => `${kind} ${amount}: ${memo}`);

const adjustment = (person: UserContext, amount: number, key: string = randomUUID()) => ({
  to: { userId: person.actor.userId },
  amount,
  reason: 'A test.',
  idempotencyKey: key,
});
const refund = (generationId: string, key: string = randomUUID()) => ({
  generationId,
  reason: 'It came out black.',
  idempotencyKey: key,
});
const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) =>
    result.status === 'fulfilled' ? 'ok' : DomainError.is(result.reason) ? result.reason.code : String(result.reason),
  );
const atOnce = (count: number, work: (n: number) => Promise<unknown>) =>
  Promise.allSettled(Array.from({ length: count }, (_, n) => work(n)));

test('what took less than was held gives the rest back at the same moment', async () => {
  const person = await house.aPerson();
  const id = await house.held(person, 10);
  expect(await house.capture(id, 7)).toBe(7);
  expect(await house.balanceOf(person.actor)).toBe(93);
  expect(await entriesOf(id)).toEqual([
    'hold 10: Held while it is made',
    'capture 7: Captured: the result is stored',
    'release 3: Given back: it took less than was held',
  ]);
});

test('a capture of nothing gives everything back, and one of more than was held takes no more', async () => {
  const person = await house.aPerson();
  const [free, dear] = [await house.held(person, 10), await house.held(person, 10)];
  expect(await house.capture(free, 0)).toBe(0);
  expect(await house.capture(dear, 99)).toBe(10);
  expect(await house.balanceOf(person.actor)).toBe(90);
});

test('a hold is settled once, however many captures and releases come at the same moment', async () => {
  const person = await house.aPerson();
  const id = await house.held(person, 10);
  const results = await atOnce(20, (n) =>
    house.asSystem((tx) =>
      n % 2 === 0 ? captureHold(tx, id, 6, house.clock.now) : releaseHold(tx, id, 'it failed', house.clock.now),
    ),
  );
  expect(codesOf(results)).toEqual(Array(20).fill('ok'));
  const moved = results.map((result) => (result.status === 'fulfilled' ? result.value : null));
  expect(moved.filter((amount) => amount !== 0)).toHaveLength(1);
  expect([94, 100]).toContain(await house.balanceOf(person.actor));
});

test('of fifty holds at once only as many succeed as there are credits for', async () => {
  const person = await house.aPerson();
  const results = await atOnce(50, () => house.held(person, 4));
  expect(codesOf(results).filter((code) => code === 'ok')).toHaveLength(25);
  expect(codesOf(results).filter((code) => code === 'out_of_credits')).toHaveLength(25);
  expect(await house.balanceOf(person.actor)).toBe(0);
});

test('a refund gives back what was captured, once: the same press again is told the same, another is refused', async () => {
  const person = await house.aPerson();
  const id = await house.held(person, 10);
  await house.capture(id, 7);
  const press = refund(id);
  expect(await refundGeneration(staff, press)).toEqual({ generationId: id, credits: 7 });
  expect(await refundGeneration(staff, press)).toEqual({ generationId: id, credits: 7 });
  await expect(refundGeneration(staff, refund(id))).rejects.toMatchObject({
    code: 'conflict',
    message: 'The 7 credits of this generation were given back already. Nothing was changed.',
  });
  expect(await house.balanceOf(person.actor)).toBe(100);
  expect((await entriesOf(id)).at(-1)).toBe('refund 7: Refunded by the staff: It came out black.');
});

test('fifty refunds at once are one', async () => {
  const person = await house.aPerson();
  const id = await house.held(person, 4);
  await house.capture(id, 4);
  const codes = codesOf(await atOnce(50, () => refundGeneration(staff, refund(id))));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
  expect(codes.filter((code) => code === 'conflict')).toHaveLength(49);
  expect(await house.balanceOf(person.actor)).toBe(100);
});

test('what is only held, was given back or does not exist cannot be refunded', async () => {
  const person = await house.aPerson();
  const [open, released] = [await house.held(person, 4), await house.held(person, 4)];
  await house.asSystem((tx) => releaseHold(tx, released, 'it failed', house.clock.now));
  for (const id of [open, released]) {
    await expect(refundGeneration(staff, refund(id))).rejects.toMatchObject({ code: 'conflict' });
  }
  await expect(refundGeneration(staff, refund(randomUUID()))).rejects.toMatchObject({ code: 'not_found' });
});

test('a key that refunded one generation refunds no other', async () => {
  const person = await house.aPerson();
  const [one, two] = [await house.held(person, 4), await house.held(person, 4)];
  await Promise.all([house.capture(one, 4), house.capture(two, 4)]);
  const key = randomUUID();
  await refundGeneration(staff, refund(one, key));
  await expect(refundGeneration(staff, refund(two, key))).rejects.toMatchObject({ code: 'conflict' });
  expect(await house.balanceOf(person.actor)).toBe(96);
});

test('a refund of what a guest paid goes to the account they have become, however often they moved', async () => {
  const [guest, between, person] = [await house.aPerson('guest'), await house.aPerson(), await house.aPerson()];
  const id = await house.held(guest, 4);
  await house.capture(id, 4);
  const become = (from: UserContext, to: UserContext) =>
    house.asSystem((tx) =>
      tx.update(users).set({ mergedInto: to.actor.userId }).where(eq(users.id, from.actor.userId)),
    );
  await become(guest, between);
  await become(between, person);
  await refundGeneration(staff, refund(id));
  expect(await house.balanceOf(person.actor)).toBe(4);
});

test('only the staff refunds and adjusts', async () => {
  const person = await house.aPerson();
  const id = await house.held(person, 4);
  await house.capture(id, 4);
  await expect(refundGeneration(person, refund(id))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(adjustCredits(person, adjustment(person, 1_000))).rejects.toMatchObject({ code: 'forbidden' });
  expect(await house.balanceOf(person.actor)).toBe(96);
});

test('an adjustment gives or takes, with its reason, who did it and an event that the person hears', async () => {
  const person = await house.aPerson();
  expect(await adjustCredits(staff, adjustment(person, 50))).toMatchObject({ amount: 50, balance: 150 });
  expect(await adjustCredits(staff, adjustment(person, -30))).toMatchObject({ amount: -30, balance: 120 });
  const rows = await house.asSystem((tx) =>
    tx
      .select({ amount: ledgerEntries.amount, memo: ledgerEntries.memo, actorId: ledgerEntries.actorId })
      .from(ledgerEntries)
      .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
      .where(and(eq(ledgerAccounts.userId, person.actor.userId), eq(ledgerEntries.kind, 'adjustment')))
      .orderBy(ledgerEntries.id),
  );
  const [by, memo] = [staff.actor.userId, 'Adjusted by the staff: A test.'];
  expect(rows).toEqual([
    { amount: 50, memo, actorId: by },
    { amount: -30, memo, actorId: by },
  ]);
  const heard = await house.asSystem((tx) =>
    tx
      .select({ verb: events.verb, payload: events.payload })
      .from(events)
      .where(eq(events.audienceId, person.actor.userId))
      .orderBy(events.id),
  );
  expect(heard).toEqual([
    { verb: 'adjusted', payload: { amount: 50, reason: 'A test.' } },
    { verb: 'adjusted', payload: { amount: -30, reason: 'A test.' } },
  ]);
});

test('an adjustment below zero is refused with what there is, also when fifty take at once', async () => {
  const person = await house.aPerson();
  await expect(adjustCredits(staff, adjustment(person, -101))).rejects.toMatchObject({
    code: 'invalid',
    message: 'Ada has 100 credits: 101 credits cannot be taken. Nothing was changed.',
  });
  const codes = codesOf(await atOnce(50, () => adjustCredits(staff, adjustment(person, -3))));
  expect(codes.filter((code) => code === 'ok')).toHaveLength(33);
  expect(codes.filter((code) => code === 'invalid')).toHaveLength(17);
  expect(await house.balanceOf(person.actor)).toBe(1);
});

test('an adjustment pressed twice happens once; its key serves no other amount and nobody else', async () => {
  const [person, other] = [await house.aPerson(), await house.aPerson()];
  const press = adjustment(person, 10);
  expect(codesOf(await atOnce(10, () => adjustCredits(staff, press)))).toEqual(Array(10).fill('ok'));
  expect(await house.balanceOf(person.actor)).toBe(110);
  for (const wrong of [
    { ...press, amount: -10 },
    { ...press, amount: 11 },
    { ...press, reason: 'Another.' },
    { ...press, to: { userId: other.actor.userId } },
  ]) {
    await expect(adjustCredits(staff, wrong)).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(await house.balanceOf(person.actor)).toBe(110);
});

test('what the staff gives comes on top of this month’s allowance, which does not swallow it', async () => {
  const person = await house.aPerson();
  await adjustCredits(staff, adjustment(person, 60));
  expect((await readBalance(person)).credits).toBe(160);
});

test('a person is found by their e-mail address in any case, a brand by its number or its address name', async () => {
  const person = await house.aPerson();
  const brandId = await house.aBrand(person);
  const email = `${person.actor.userId.toUpperCase()}@Example.test`;
  await adjustCredits(staff, { ...adjustment(person, 5), to: { email } });
  expect(await house.balanceOf(person.actor)).toBe(105);
  await adjustCredits(staff, { ...adjustment(person, 500), to: { brandId } });
  expect(await house.balanceOf({ brandId })).toBe(500);
  const nobody = { email: 'nobody@example.test' };
  await expect(adjustCredits(staff, { ...adjustment(person, 5), to: nobody })).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is no such person.',
  });
});

test('what providers cost stands in micro-dollars, even on both sides, and touches no credits', async () => {
  const cost = (microUsd: number) =>
    house.asSystem((tx) =>
      postProviderCost(tx, { provider: 'google', generationId: null, microUsd, at: house.clock.now }),
    );
  await Promise.all(Array.from({ length: 50 }, () => cost(39_000)));
  await cost(0);
  const rows = await house.asSystem((tx) =>
    tx.execute<{ kind: string; unit: string; sum: number; count: number }>(sql`
      select a.kind, a.unit, sum(e.amount)::int as sum, count(*)::int as count
      from ledger_entry e join ledger_account a on a.id = e.account_id where a.provider = 'google'
      group by a.id, a.kind, a.unit order by a.kind::text`),
  );
  expect([...rows]).toEqual([
    { kind: 'provider_cost', unit: 'micro_usd', sum: 1_950_000, count: 50 },
    { kind: 'provider_payable', unit: 'micro_usd', sum: -1_950_000, count: 50 },
  ]);
});

test('the database itself lets no credits become dollars and refunds no more than was captured', async () => {
  const person = await house.aPerson();
  const id = await house.held(person, 4);
  await house.capture(id, 4);
  const wrong = house.asSystem(async (tx) => {
    const [cost] = await tx
      .insert(ledgerAccounts)
      .values({ kind: 'provider_cost', provider: `vendor ${randomUUID()}`, unit: 'micro_usd' })
      .returning({ id: ledgerAccounts.id });
    const from = await platformAccount(tx, 'issued');
    await postMovement(tx, { kind: 'cost', from, to: cost!.id, amount: 5, memo: 'wrong', at: house.clock.now });
  });
  await expect(wrong).rejects.toMatchObject({ constraint_name: 'ledger_movement_balanced' });
  const tooMuch = house.asSystem(async (tx) => {
    const [from, to] = [await platformAccount(tx, 'spent'), await platformAccount(tx, 'issued')];
    const memo = 'too much';
    await postMovement(tx, { kind: 'refund', from, to, amount: 5, memo, generationId: id, at: house.clock.now });
  });
  await expect(tooMuch).rejects.toMatchObject({ cause: { constraint_name: 'ledger_settled_at_most' } });
});

test('a balance that somebody changed by hand is set to the sum of its entries again, right ones stay', async () => {
  const [person, other] = [await house.aPerson(), await house.aPerson()];
  for (const who of [person, other]) await readBalance(who);
  await house.asSystem((tx) =>
    tx.update(ledgerAccounts).set({ balance: 7_777 }).where(eq(ledgerAccounts.userId, person.actor.userId)),
  );
  const moving = atOnce(10, () => house.held(person, 1));
  expect(await rebuildBalances(house.system)).toBe(1);
  await moving;
  expect([await house.balanceOf(person.actor), await house.balanceOf(other.actor)]).toEqual([90, 100]);
  expect(await rebuildBalances(house.system)).toBe(0);
});
