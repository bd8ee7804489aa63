import { providerCalls, usageDays } from '@repo/db';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { UserContext } from '../src/context.ts';
import { grantToBrand } from '../src/credits/adjust-credits.ts';
import { refundGeneration } from '../src/credits/refund-generation.ts';
import { readUsage } from '../src/usage/read-usage.ts';
import { rollUpAllUsage, rollUpRecentUsage, rollUpUsage } from '../src/usage/roll-up-usage.ts';
import { microUsdText } from '../src/usage/rules.ts';
import { UsageInput } from '../src/usage/schema.ts';
import { aLedgerHouse, type LedgerHouse } from './ledger-house.ts';

let house: LedgerHouse;
let staff: UserContext;
let owner: UserContext;
let person: UserContext;
let brandId: string;
beforeAll(async () => {
  house = await aLedgerHouse();
  staff = await house.aPerson('staff');
  owner = await house.aPerson();
  person = await house.aPerson();
  brandId = await house.aBrand(owner, 'Kettlewren');
  await grantToBrand(staff, { brandId, amount: 1_000, reason: 'A start.', idempotencyKey: 'usage-start' });
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.now = new Date('2026-11-20T12:00:00Z');
  await house.asSystem(async (tx) => {
    await tx.delete(providerCalls);
    await tx.delete(usageDays);
  });
});

type Call = Partial<typeof providerCalls.$inferInsert>;
const call = (at: string, values: Call = {}) =>
  house.asSystem((tx) =>
    tx.insert(providerCalls).values({
      userId: person.actor.userId,
      provider: 'google',
      model: 'google/gemini',
      operation: 'image.create',
      outcome: 'done',
      images: 1,
      costMicroUsd: 39_000,
      latencyMs: 1_000,
      createdAt: new Date(at),
      ...values,
    }),
  );
const usage = (who: UserContext, input: object) =>
  readUsage(who, UsageInput.parse({ from: '2026-11-01', to: '2026-11-30', ...input }));
const rolledUp = () =>
  house.asSystem(async (tx) => [
    ...(await tx.execute(sql`select day::text, provider, model, operation, user_id, brand_id, calls, failures, images,
      video_seconds, input_tokens::int, output_tokens::int, cost_micro_usd::int, latency_ms::int
      from usage_day order by 1, 2, 3, 4, 5, 6`)),
  ]);

test('a roll-up sums calls by day (UTC), provider, model, operation, person and brand', async () => {
  await call('2026-11-19T23:59:59.999Z');
  await call('2026-11-20T00:00:00Z', { brandId });
  await call('2026-11-20T01:00:00Z', { brandId, latencyMs: 500 });
  await call('2026-11-20T02:00:00Z', { brandId, outcome: 'refused', images: 0, costMicroUsd: 0 });
  expect(await rollUpUsage(house.system, { from: '2026-11-01' })).toBe(2);
  const shared = {
    provider: 'google',
    model: 'google/gemini',
    operation: 'image.create',
    user_id: person.actor.userId,
  };
  const nothing = { video_seconds: 0, input_tokens: 0, output_tokens: 0 };
  const one = { calls: 1, failures: 0, images: 1, cost_micro_usd: 39_000, latency_ms: 1_000, brand_id: null };
  const three = { calls: 3, failures: 1, images: 2, cost_micro_usd: 78_000, latency_ms: 2_500, brand_id: brandId };
  expect(await rolledUp()).toEqual([
    { day: '2026-11-19', ...shared, ...nothing, ...one },
    { day: '2026-11-20', ...shared, ...nothing, ...three },
  ]);
});

test('a roll-up that is repeated, also by two workers at once, counts nothing twice', async () => {
  await call('2026-11-19T10:00:00Z');
  await call('2026-11-20T10:00:00Z', { userId: null });
  const run = () => rollUpRecentUsage.run(house.system, {}, { attempt: 1, signal: new AbortController().signal });
  await Promise.all([run(), run(), run()]);
  const before = await rolledUp();
  await run();
  await rollUpAllUsage(house.system);
  expect(await rolledUp()).toEqual(before);
  expect(before).toHaveLength(2);
});

const runJob = () => rollUpRecentUsage.run(house.system, {}, { attempt: 1, signal: new AbortController().signal });
const daysRolledUp = async () => (await rolledUp()).map(({ day, calls }) => [day, calls]);

test('the first roll-up of all takes every day, however long ago it was', async () => {
  for (const day of ['2026-10-02', '2026-11-07', '2026-11-20']) await call(`${day}T10:00:00Z`);
  await runJob();
  expect(await daysRolledUp()).toEqual([
    ['2026-10-02', 1],
    ['2026-11-07', 1],
    ['2026-11-20', 1],
  ]);
});

test('a roll-up that did not run for days catches them up, and the end of the day it was last at', async () => {
  await call('2026-11-14T10:00:00Z');
  house.clock.now = new Date('2026-11-15T00:02:00Z');
  await runJob();
  // Written after the last run, on a day that it had summed up.
  await call('2026-11-14T23:59:59Z');
  for (const day of ['2026-11-16', '2026-11-18', '2026-11-20']) await call(`${day}T10:00:00Z`);
  house.clock.now = new Date('2026-11-20T12:00:00Z');
  await runJob();
  expect(await daysRolledUp()).toEqual([
    ['2026-11-14', 2],
    ['2026-11-16', 1],
    ['2026-11-18', 1],
    ['2026-11-20', 1],
  ]);
  expect((await usage(staff, {})).totals).toMatchObject({ calls: 5, images: 5 });
});

test('days long summed up are left alone, and a day from a clock that ran ahead hides nothing', async () => {
  const kept = (day: string) =>
    house.asSystem((tx) =>
      tx.execute(sql`insert into usage_day (day, provider, model, operation, calls, failures, images, video_seconds,
        input_tokens, output_tokens, cost_micro_usd, latency_ms) values (${day}, 'x', 'x', 'x', 9, 9, 9, 9, 9, 9, 9, 9)`),
    );
  await kept('2025-06-01');
  await kept('2027-01-01');
  await call('2026-11-19T10:00:00Z');
  await call('2026-11-20T10:00:00Z');
  await runJob();
  expect(await daysRolledUp()).toEqual([
    ['2025-06-01', 9],
    ['2026-11-19', 1],
    ['2026-11-20', 1],
  ]);
});

test('every day is summed up anew on demand, and days whose calls are gone disappear', async () => {
  await call('2026-01-02T10:00:00Z');
  await house.asSystem((tx) =>
    tx.execute(sql`insert into usage_day (day, provider, model, operation, calls, failures, images, video_seconds,
      input_tokens, output_tokens, cost_micro_usd, latency_ms) values ('2025-06-01', 'x', 'x', 'x', 9, 9, 9, 9, 9, 9, 9, 9)`),
  );
  expect(await rollUpAllUsage(house.system)).toBe(1);
  expect((await rolledUp()).map(({ day }) => day)).toEqual(['2026-01-02']);
});

test('a film that is asked for again and again is one call, and the time of all its questions', async () => {
  const film = { model: 'google/veo', operation: 'video.create', images: 0, costMicroUsd: 0, latencyMs: 200 };
  await call('2026-11-20T10:00:00Z', { ...film, outcome: 'pending' });
  await call('2026-11-20T10:01:00Z', { ...film, outcome: 'pending', step: 'poll' });
  await call('2026-11-20T10:02:00Z', {
    ...film,
    outcome: 'done',
    step: 'poll',
    videoSeconds: 6,
    costMicroUsd: 900_000,
  });
  const { totals } = await usage(staff, { groupBy: 'model' });
  expect(totals).toMatchObject({ calls: 1, failures: 0, videoSeconds: 6, microUsd: 900_000, meanLatencyMs: 600 });
});

test('today is counted from the calls themselves, before any roll-up, and never twice after one', async () => {
  await call('2026-11-18T10:00:00Z');
  await rollUpUsage(house.system, { from: '2026-11-01' });
  await call('2026-11-20T11:59:00Z');
  expect((await usage(staff, {})).totals.calls).toBe(2);
  await rollUpUsage(house.system, { from: '2026-11-19' });
  expect((await usage(staff, {})).totals.calls).toBe(2);
  // Just after midnight yesterday may not have been summed up to its end.
  house.clock.now = new Date('2026-11-21T00:03:00Z');
  await call('2026-11-20T23:59:59Z');
  expect((await usage(staff, {})).totals.calls).toBe(3);
});

test('the staff see everything by provider, model, brand, person and day, the dearest first', async () => {
  await call('2026-11-19T10:00:00Z', { brandId, inputTokens: 10, outputTokens: 5 });
  await call('2026-11-20T10:00:00Z', { outcome: 'unavailable', images: 0, costMicroUsd: 0 });
  await call('2026-11-20T10:00:00Z', { provider: 'openai', model: 'openai/image', costMicroUsd: 40_000 });
  await rollUpUsage(house.system, { from: '2026-11-01' });
  const rows = async (groupBy: string) =>
    (await usage(staff, { groupBy })).rows.map(({ label, calls, failures, microUsd }) => [
      label,
      calls,
      failures,
      microUsd,
    ]);
  expect(await rows('provider')).toEqual([
    ['openai', 1, 0, 40_000],
    ['google', 2, 1, 39_000],
  ]);
  expect(await rows('model')).toEqual([
    ['openai/image', 1, 0, 40_000],
    ['google/gemini', 2, 1, 39_000],
  ]);
  expect(await rows('brand')).toEqual([
    ['No brand', 2, 1, 40_000],
    ['Kettlewren', 1, 0, 39_000],
  ]);
  expect(await rows('user')).toEqual([['Ada', 3, 1, 79_000]]);
  const report = await usage(staff, { groupBy: 'day', from: '2026-11-18', to: '2026-11-20' });
  expect(report.rows.map(({ key, calls }) => [key, calls])).toEqual([
    ['2026-11-18', 0],
    ['2026-11-19', 1],
    ['2026-11-20', 2],
  ]);
  expect(report.rows[0]).toMatchObject({ failureRate: 0, meanLatencyMs: null });
  expect(report.rows[2]).toMatchObject({ failureRate: 0.5, meanLatencyMs: 1_000 });
  expect(report.totals).toMatchObject({ calls: 3, failures: 1, inputTokens: 10, outputTokens: 5 });
});

test('what people paid, less what was refunded, stands beside what it cost', async () => {
  house.clock.now = new Date('2026-10-10T10:00:00Z');
  const values = { provider: 'google', model: 'google/gemini', brandId };
  const [kept, refunded] = [await house.held(owner, 8, values), await house.held(owner, 5, values)];
  await house.capture(kept, 8);
  await house.capture(refunded, 5);
  await refundGeneration(staff, { generationId: refunded, reason: 'Black.', idempotencyKey: 'usage-refund' });
  await call('2026-10-10T10:00:00Z', { brandId, userId: owner.actor.userId, costMicroUsd: 80_000 });
  await rollUpAllUsage(house.system);
  house.clock.now = new Date('2026-11-20T10:00:00Z');
  const october = { from: '2026-10-01', to: '2026-10-31' };
  for (const groupBy of ['provider', 'model', 'brand', 'user', 'day']) {
    const report = await usage(staff, { ...october, groupBy });
    expect(report.rows.filter(({ calls }) => calls > 0)).toMatchObject([{ credits: 8, microUsd: 80_000 }]);
    expect(report.microUsdPerCredit).toBe(10_000);
  }
  expect((await usage(owner, { ...october, brandId })).microUsdPerCredit).toBeNull();
});

test('owners and admins see what their brand uses and nothing else; editors, analysts and outsiders do not', async () => {
  await call('2026-11-19T10:00:00Z', { brandId });
  await call('2026-11-19T10:00:00Z');
  await rollUpUsage(house.system, { from: '2026-11-01' });
  const [admin, editor, analyst] = [await house.aPerson(), await house.aPerson(), await house.aPerson()];
  await house.join(brandId, admin, 'admin');
  await house.join(brandId, editor, 'editor');
  await house.join(brandId, analyst, 'analyst');
  for (const who of [owner, admin, staff]) {
    expect((await usage(who, { brandId, groupBy: 'provider' })).totals.calls).toBe(1);
  }
  for (const who of [editor, analyst]) {
    await expect(usage(who, { brandId })).rejects.toMatchObject({ code: 'forbidden' });
  }
  await expect(usage(person, { brandId })).rejects.toMatchObject({ code: 'not_found' });
  await expect(usage(owner, {})).rejects.toMatchObject({ code: 'forbidden' });
});

test('a question over too many days or backwards is refused in words', () => {
  const sentence = (input: object) => UsageInput.safeParse(input).error?.issues.map(({ message }) => message);
  expect(sentence({ from: '2026-11-02', to: '2026-11-01' })).toEqual(['The last day lies before the first.']);
  expect(sentence({ from: '2020-01-01', to: '2026-11-01' })).toEqual(['Ask for at most 400 days at once.']);
});

test('micro-dollars are shown as dollars, small ones with the digits that make them visible', () => {
  expect([0, 1_250_000, 2_500, 39_000].map(microUsdText)).toEqual(['$0.00', '$1.25', '$0.0025', '$0.04']);
});
