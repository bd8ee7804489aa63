import { randomUUID } from 'node:crypto';
import { adjustCredits } from '@repo/domain/credits/adjust-credits';
import { readBalance } from '@repo/domain/credits/read-credits';
import { readRemix } from '@repo/domain/remixes/read-remixes';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as accountPage from '#app/routes/credits_.$kind.$id/route.tsx';
import * as quotasOfPage from '#app/routes/quotas_.$kind.$id/route.tsx';
import * as receiptPage from '#app/routes/receipts.$id/route.tsx';
import { aPagesHouse, leadsTo, type PagesHouse, type Somebody, thrownBy } from '../../web/test/pages-house.ts';

let house: PagesHouse;
let staff: Somebody & { userId: string };
beforeAll(async () => {
  house = await aPagesHouse();
  staff = await house.aStaffMemberWithAccount();
});
afterAll(() => house.close());

type Fields = Record<string, string>;
const rejected = (answer: unknown) =>
  (answer as { data: { message: string | null; fields: Fields; values: Fields } }).data;

async function somebody() {
  const { userId } = await house.aPersonWithAccount();
  await readBalance(house.contextOf(userId));
  return userId;
}

describe('adjusting credits', () => {
  const post = (userId: string, fields: Fields, who: Somebody = staff) =>
    accountPage.action(house.post(`/credits/people/${userId}`, fields, { kind: 'people', id: userId }, who));
  const open = (userId: string, search = '') =>
    accountPage.loader(house.get(`/credits/people/${userId}${search}`, { kind: 'people', id: userId }, staff));
  const review = async (userId: string, fields: Fields = {}) => {
    const said = { intent: 'review', way: 'give', amount: '50', reason: 'A present.', ...fields };
    const answer = await post(userId, said);
    if (!('review' in answer)) throw new Error(JSON.stringify(answer));
    const { way, amount, reason, idempotencyKey, balance } = answer.review;
    return { press: { intent: 'adjust', way, amount: String(amount), reason, idempotencyKey }, balance };
  };

  test.each<[string, Fields, Fields]>([
    ['no amount', { amount: ' ' }, { amount: 'Type how many credits.' }],
    ['words for an amount', { amount: 'many' }, { amount: 'Type a whole number from 1 to 1,000,000.' }],
    ['half a credit', { amount: '1.5' }, { amount: 'Type a whole number from 1 to 1,000,000.' }],
    ['less than nothing', { amount: '-5' }, { amount: 'Type a whole number from 1 to 1,000,000.' }],
    ['nothing', { amount: '0' }, { amount: 'Type a whole number from 1 to 1,000,000.' }],
    ['too much', { amount: '1000001' }, { amount: 'Type a whole number from 1 to 1,000,000.' }],
    ['no reason', { reason: ' \n' }, { reason: 'Give a reason: whoever it concerns reads it.' }],
    ['neither give nor take', { way: 'keep' }, { way: 'Choose whether to give or to take.' }],
  ])('with %s is turned down at its field, and what was typed is kept', async (_, wrong, errors) => {
    const userId = await somebody();
    const typed = { intent: 'review', way: 'give', amount: '50', reason: 'A present.', ...wrong };
    const { fields, values } = rejected(await post(userId, typed));
    expect(Object.fromEntries(Object.entries(fields).map(([name, [first]]) => [name, first]))).toEqual(errors);
    expect(values).toMatchObject({ reason: typed.reason, amount: typed.amount });
    expect(await house.balanceOf(userId)).toBe(100);
  });

  test('changes nothing before it is confirmed, and once however often it is pressed', async () => {
    const userId = await somebody();
    const { press, balance } = await review(userId, { amount: '1,200' });
    expect([balance, await house.balanceOf(userId)]).toEqual([100, 100]);
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(userId, press)));
    expect(answers.map(leadsTo)).toEqual(Array(4).fill(`/credits/people/${userId}?done=adjusted`));
    expect(await house.balanceOf(userId)).toBe(1_300);
    const { report } = await open(userId);
    expect(report.balance).toBe(1_300);
    expect(report.movements.items.map(({ kind, amount, memo }) => [kind, amount, memo])).toEqual([
      ['adjustment', 1_200, 'Adjusted by the staff: A present.'],
      ['grant', 100, expect.any(String)],
    ]);
    expect(report.statement).toMatchObject({ opening: 0, closing: 1_300, entries: 4, sum: 0 });
    expect(await house.ledgerSums()).toEqual({ total: 0, wrongBalances: 0 });
  });

  test('a press whose amount was changed on the way back is another one, and is refused', async () => {
    const userId = await somebody();
    const { press } = await review(userId);
    await post(userId, press);
    const { message } = rejected(await post(userId, { ...press, amount: '51' }));
    expect(message).toBe('This idempotency key was used for another adjustment. Nothing was changed.');
    expect(await house.balanceOf(userId)).toBe(150);
  });

  test('never goes below zero: not when it is looked over, and not when the credits went in between', async () => {
    const userId = await somebody();
    const { fields } = rejected(
      await post(userId, { intent: 'review', way: 'take', amount: '101', reason: 'A mistake.' }),
    );
    expect(fields['amount']).toEqual(['Ann has 100 credits: 101 credits cannot be taken.']);
    const { press } = await review(userId, { way: 'take', amount: '100' });
    const taken = { to: { userId }, amount: -30, reason: 'x', idempotencyKey: randomUUID() };
    await adjustCredits(house.contextOf(staff.userId), taken);
    const { message } = rejected(await post(userId, press));
    expect(message).toBe('Ann has 70 credits: 100 credits cannot be taken. Nothing was changed.');
    expect(await house.balanceOf(userId)).toBe(70);
  });

  test('is the staff’s alone, also for somebody who knows the form', async () => {
    const userId = await somebody();
    const { press } = await review(userId);
    const other = await house.aPersonWithAccount();
    expect((await thrownBy(post(userId, press, other))).status).toBe(403);
    expect(await house.balanceOf(userId)).toBe(100);
  });

  test('an account that there is not yet is empty, and looking at it makes none', async () => {
    const { userId } = (await house.aPerson()).actor;
    const { report } = await open(userId);
    expect(report).toMatchObject({ balance: 0, movements: { items: [] }, statement: { entries: 0, sum: 0 } });
    expect(await house.db.$client`select id from ledger_account where user_id = ${userId}`).toHaveLength(0);
  });

  test('movements are filtered by kind and day, and days that cannot be are named', async () => {
    const userId = await somebody();
    await post(userId, (await review(userId)).press);
    const { report } = await open(userId, '?kind=adjustment&kind=nonsense');
    expect(report.movements.items.map(({ kind }) => kind)).toEqual(['adjustment']);
    const wrong = await open(userId, '?from=yesterday');
    expect(wrong.search.errors.from).toBe('Give the day as year, month and day, such as 2026-11-30.');
    expect((await thrownBy(open(userId, '?after=damaged'))).status).toBe(400);
  });
});

describe('a receipt', () => {
  async function aRemix(finish = true) {
    const creator = await house.aPerson();
    const ad = await house.anAd();
    const asked = { adId: ad.id, prompt: 'a secret idea', model: 'auto', idempotencyKey: randomUUID() };
    const { generation } = await readRemix(creator, (await requestRemix(creator, asked)).remixId);
    if (finish) await house.advance(generation!.id);
    return { creator, id: generation!.id };
  }
  const post = (id: string, fields: Fields, who: Somebody = staff) =>
    receiptPage.action(house.post(`/receipts/${id}`, fields, { id }, who));
  const open = (id: string) => receiptPage.loader(house.get(`/receipts/${id}`, { id }, staff));
  const review = async (id: string, reason = 'It came out black.') => {
    const answer = await post(id, { intent: 'review', reason });
    if (!('review' in answer)) throw new Error(JSON.stringify(answer));
    return { intent: 'refund', ...answer.review };
  };

  test('tells the staff everything but what was asked for', async () => {
    const { creator, id } = await aRemix();
    const receipt = await open(id);
    expect(receipt).toMatchObject({
      status: 'done',
      owner: { id: creator.actor.userId, name: 'Ada' },
      payer: { kind: 'user', id: creator.actor.userId },
      captured: 4,
      sum: 0,
      calls: [{ outcome: 'done' }],
    });
    expect(JSON.stringify(receipt)).not.toContain('a secret idea');
    const { report } = await accountPage.loader(house.get('/', { kind: 'people', id: creator.actor.userId }, staff));
    expect(report.movements.items[0]!.generation?.id).toBe(id);
    expect(JSON.stringify(report)).not.toContain('a secret idea');
  });

  test('is refunded once however often it is pressed, with the reason for whoever paid', async () => {
    const { creator, id } = await aRemix();
    expect(await house.balanceOf(creator.actor.userId)).toBe(96);
    const press = await review(id);
    expect(await house.balanceOf(creator.actor.userId)).toBe(96);
    const answers = await Promise.all([1, 2, 3].map(() => post(id, press)));
    expect(answers.map(leadsTo)).toEqual(Array(3).fill(`/receipts/${id}?done=refunded`));
    expect(await house.balanceOf(creator.actor.userId)).toBe(100);
    const receipt = await open(id);
    expect(receipt).toMatchObject({ captured: 4, refunded: 4, sum: 0 });
    expect(receipt.entries.at(-1)).toMatchObject({ kind: 'refund', amount: 4, memo: expect.stringContaining('black') });
    const second = rejected(await post(id, await review(id)));
    expect(second.message).toBe('The 4 credits of this generation were given back already. Nothing was changed.');
  });

  test('wants a reason, and something that was charged', async () => {
    const { creator, id } = await aRemix(false);
    expect(rejected(await post(id, { intent: 'review', reason: '' })).fields['reason']).toEqual([
      'Give a reason: whoever it concerns reads it.',
    ]);
    expect(rejected(await post(id, await review(id))).message).toBe(
      'Nothing was charged for this generation, so there is nothing to give back.',
    );
    expect(await house.balanceOf(creator.actor.userId)).toBe(96);
    expect((await thrownBy(post(id, { intent: 'refund' }, await house.aPersonWithAccount()))).status).toBe(403);
  });
});

describe('quotas', () => {
  const post = (userId: string, fields: Fields, who: Somebody = staff) =>
    quotasOfPage.action(house.post(`/quotas/people/${userId}`, fields, { kind: 'people', id: userId }, who));
  const limitOf = async (userId: string, metric: string) => {
    const { report } = await quotasOfPage.loader(house.get('/', { kind: 'people', id: userId }, staff));
    return report.lines.find((line) => line.metric === metric)?.limit;
  };

  test('of a person are set and cleared, pressed twice or not', async () => {
    const userId = await somebody();
    const set = { intent: 'set', metric: 'tokens', limit: '1 000 000' };
    const answers = await Promise.all([post(userId, set), post(userId, set)]);
    expect(answers.map(leadsTo)).toEqual(Array(2).fill(`/quotas/people/${userId}?done=limit-set`));
    expect(await limitOf(userId, 'tokens')).toBe(1_000_000);
    expect(leadsTo(await post(userId, { intent: 'set', metric: 'images', limit: '0' }))).toContain('done=limit-set');
    expect(await limitOf(userId, 'images')).toBe(0);
    // What stands in the field is not looked at when the limit is taken away.
    expect(leadsTo(await post(userId, { intent: 'clear', metric: 'tokens', limit: 'rubbish' }))).toContain(
      'limit-cleared',
    );
    expect(await limitOf(userId, 'tokens')).toBeNull();
  });

  test.each([
    ['', 'Type a whole number. To have no limit, press Clear.'],
    ['-1', 'A limit is a whole number from 0 to 1,000,000,000,000.'],
    ['1.5', 'A limit is a whole number from 0 to 1,000,000,000,000.'],
    ['9999999999999', 'A limit is a whole number from 0 to 1,000,000,000,000.'],
  ])('a limit of %j is turned down at its own field', async (limit, sentence) => {
    const userId = await somebody();
    const { fields, values } = rejected(await post(userId, { intent: 'set', metric: 'images', limit }));
    expect([fields['limit'], values]).toEqual([[sentence], { intent: 'set', metric: 'images', limit }]);
    expect(await limitOf(userId, 'images')).toBeNull();
  });

  test('of nothing there is are refused, and others may not set them', async () => {
    const userId = await somebody();
    const { fields } = rejected(await post(userId, { intent: 'set', metric: 'sandwiches', limit: '3' }));
    expect(fields['metric']).toEqual(['There is no such quota.']);
    const self = await house.aPersonWithAccount();
    const raise = { intent: 'set', metric: 'credits', limit: '1000000' };
    expect((await thrownBy(post(self.userId, raise, self))).status).toBe(403);
    expect(await limitOf(self.userId, 'credits')).toBeNull();
  });
});
