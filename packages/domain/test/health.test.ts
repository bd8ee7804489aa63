import type { ProviderFailure } from '@repo/ai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { admitCall } from '../src/generation/health/admit-call.ts';
import type { HealthKey } from '../src/generation/health/health-row.ts';
import { recordOutcome, releaseProbe } from '../src/generation/health/record-outcome.ts';
import { aHealthHouse, type HealthHouse, type Process } from './health-house.ts';

let house: HealthHouse;
let one: Process;
let key: HealthKey;
let models = 0;

beforeAll(async () => {
  house = await aHealthHouse();
  one = house.aProcess();
});
afterAll(() => house.close());
beforeEach(() => {
  models += 1;
  key = { provider: 'google', model: `google/${models}`, kind: 'image.create' };
});

const failed = (reason: ProviderFailure | 'internal' = 'unavailable', isProbe = false) =>
  ({ ok: false, reason, latencyMs: 5, isProbe }) as const;
const worked = (isProbe = false) => ({ ok: true, latencyMs: 5, isProbe }) as const;

const fail = async (process: Process, times: number, reason: ProviderFailure = 'unavailable') => {
  for (let time = 0; time < times; time++) await recordOutcome(process, key, failed(reason));
};
/** Down, and the break is over. */
const downAndDue = async () => {
  await fail(one, 3);
  house.wait(10);
};

test('two failures in a row close nothing, the third opens, and says since when and why', async () => {
  await fail(one, 2);
  expect(await admitCall(one, key)).toEqual({ admitted: true, isProbe: false });
  await fail(one, 1, 'rate_limited');
  expect(await admitCall(one, key)).toEqual({
    admitted: false,
    since: house.clock.at,
    retryAt: new Date(house.clock.at.getTime() + 10_000),
    reason: 'rate_limited',
  });
});

test('a success between failures begins the count anew', async () => {
  await fail(one, 2);
  await recordOutcome(one, key, worked());
  await fail(one, 2);
  expect(await admitCall(one, key)).toMatchObject({ admitted: true });
});

test('failures that several processes saw count together, and all of them learn that it is down', async () => {
  const two = house.aProcess();
  await fail(one, 1);
  await fail(two, 1);
  await fail(one, 1);
  expect(await admitCall(two, key)).toMatchObject({ admitted: false });
});

test('a process that believed in a model for a second asks again after its first failure elsewhere', async () => {
  const two = house.aProcess();
  await admitCall(two, key);
  await fail(one, 3);
  house.wait(1);
  expect(await admitCall(two, key)).toMatchObject({ admitted: false });
});

test('three failures at once from three processes open it too', async () => {
  await Promise.all([one, house.aProcess(), house.aProcess()].map((process) => fail(process, 1)));
  expect(await admitCall(one, key)).toMatchObject({ admitted: false });
});

test('a restart forgets nothing', async () => {
  await fail(one, 2);
  await fail(house.aProcess(), 1);
  const { since } = (await house.row(key))!;
  expect(await admitCall(house.aProcess(), key)).toMatchObject({ admitted: false, since });
});

test('of 20 callers in two processes exactly one tries a model again', async () => {
  await downAndDue();
  const two = house.aProcess();
  const asked = await Promise.all(Array.from({ length: 20 }, (_, n) => admitCall(n % 2 ? one : two, key)));
  expect(asked.filter(({ admitted }) => admitted)).toEqual([{ admitted: true, isProbe: true }]);
});

test('before its break is over nobody tries it again', async () => {
  await fail(one, 3);
  house.wait(9.9);
  expect(await admitCall(one, key)).toMatchObject({ admitted: false });
});

test('a probe that works closes it for everybody', async () => {
  await downAndDue();
  await admitCall(one, key);
  await recordOutcome(one, key, worked(true));
  expect(await admitCall(house.aProcess(), key)).toEqual({ admitted: true, isProbe: false });
  expect(await house.row(key)).toMatchObject({ state: 'closed', failures: 0, lastReason: null });
});

test('each probe that fails makes the next break longer, up to two minutes, and it stays down since the first', async () => {
  await fail(one, 3);
  const since = house.clock.at;
  const breaks: number[] = [];
  for (let round = 0; round < 6; round++) {
    const asked = await admitCall(one, key);
    if (asked.admitted) throw new Error('It should be down.');
    expect(asked.since).toEqual(since);
    breaks.push((asked.retryAt.getTime() - house.clock.at.getTime()) / 1000);
    house.wait(breaks.at(-1)!);
    expect(await admitCall(house.aProcess(), key)).toEqual({ admitted: true, isProbe: true });
    await recordOutcome(one, key, failed('timed_out', true));
  }
  expect(breaks).toEqual([10, 20, 40, 80, 120, 120]);
});

test('after it closed it takes three failures again, and the first break is short again', async () => {
  await downAndDue();
  await admitCall(one, key);
  await recordOutcome(one, key, worked(true));
  await fail(one, 2);
  expect(await admitCall(one, key)).toMatchObject({ admitted: true });
  await fail(one, 1);
  expect(await admitCall(one, key)).toMatchObject({ retryAt: new Date(house.clock.at.getTime() + 10_000) });
});

test('a probe whose process died frees itself within a minute', async () => {
  await downAndDue();
  await admitCall(one, key);
  house.wait(59);
  expect(await admitCall(one, key)).toMatchObject({ admitted: false });
  house.wait(1);
  expect(await admitCall(one, key)).toEqual({ admitted: true, isProbe: true });
});

test('a probe that its caller cancelled goes to the next caller at once', async () => {
  await downAndDue();
  await admitCall(one, key);
  await releaseProbe(one, key, true);
  expect(await admitCall(one, key)).toEqual({ admitted: true, isProbe: true });
});

test('a mistake of ours during a probe gives it back and says nothing of the vendor', async () => {
  await downAndDue();
  await admitCall(one, key);
  await recordOutcome(one, key, failed('internal', true));
  expect(await admitCall(one, key)).toEqual({ admitted: true, isProbe: true });
});

test('whoever cancels a call that was no probe gives back nobody else’s', async () => {
  await downAndDue();
  await admitCall(one, key);
  await releaseProbe(house.aProcess(), key, false);
  expect(await admitCall(one, key)).toMatchObject({ admitted: false });
});

test('what began before it opened neither closes it nor makes its break longer', async () => {
  await fail(one, 3);
  const { probeUntil } = (await house.row(key))!;
  await recordOutcome(one, key, worked());
  await fail(one, 4);
  expect(await house.row(key)).toMatchObject({ state: 'open', probeUntil });
});

test('what began before ends nobody’s probe', async () => {
  await downAndDue();
  await admitCall(one, key);
  await recordOutcome(house.aProcess(), key, failed());
  await recordOutcome(house.aProcess(), key, worked());
  expect(await house.row(key)).toMatchObject({ state: 'half_open' });
  await recordOutcome(one, key, worked(true));
  expect(await house.row(key)).toMatchObject({ state: 'closed' });
});

describe('what counts against a model', () => {
  test.each(['unavailable', 'rate_limited', 'timed_out', 'misconfigured'] as const)('%s does', async (reason) => {
    await fail(one, 3, reason);
    expect(await admitCall(one, key)).toMatchObject({ admitted: false, reason });
  });

  test.each(['refused', 'invalid', 'empty'] as const)(
    '%s is the vendor at work: it opens nothing, and closes what was open',
    async (reason) => {
      await fail(one, 5, reason);
      expect(await admitCall(one, key)).toMatchObject({ admitted: true });
      await downAndDue();
      await admitCall(one, key);
      await recordOutcome(one, key, failed(reason, true));
      expect(await house.row(key)).toMatchObject({ state: 'closed' });
    },
  );

  test('a mistake of ours neither counts nor begins the count anew', async () => {
    await fail(one, 2);
    await recordOutcome(one, key, failed('internal'));
    expect(await admitCall(one, key)).toMatchObject({ admitted: true });
    await fail(one, 1);
    expect(await admitCall(one, key)).toMatchObject({ admitted: false });
  });

  test('another kind of work of the same model, and another model, go on', async () => {
    await fail(one, 3);
    expect(await admitCall(one, { ...key, kind: 'image.edit' })).toMatchObject({ admitted: true });
    expect(await admitCall(one, { ...key, model: 'google/another' })).toMatchObject({ admitted: true });
  });
});

test('with one provider down the third request on is decided without calling it', async () => {
  let calls = 0;
  const request = async (): Promise<'called' | 'refused'> => {
    const asked = await admitCall(one, key);
    if (!asked.admitted) return 'refused';
    calls += 1;
    await recordOutcome(one, key, failed('unavailable', asked.isProbe));
    return 'called';
  };
  const ends: string[] = [];
  for (let n = 0; n < 30; n++) ends.push(await request());
  expect(ends).toEqual([...Array(3).fill('called'), ...Array(27).fill('refused')]);
  expect(calls).toBe(3);
});

test('a model that does well is never written of', async () => {
  for (let n = 0; n < 5; n++) {
    await admitCall(one, key);
    await recordOutcome(one, key, worked());
    house.wait(2);
  }
  expect(await house.row(key)).toBeUndefined();
});

test('while a model does well, a second of calls needs no database', async () => {
  const process = house.aProcess();
  await admitCall(process, key);
  await process.db.close();
  expect(await admitCall(process, key)).toEqual({ admitted: true, isProbe: false });
  house.wait(1);
  await expect(admitCall(process, key)).rejects.toThrow();
});

test('a memory that no version of ours wrote is that of a new breaker', async () => {
  await house.know(key, { breaker: { strange: true }, failures: 2 });
  await fail(one, 2);
  expect(await admitCall(one, key)).toMatchObject({ admitted: true });
  await fail(one, 1);
  expect(await admitCall(one, key)).toMatchObject({ admitted: false });
});

test('an outcome that cannot be written costs nobody a result', async () => {
  const gone = house.aProcess();
  await gone.db.close();
  await expect(recordOutcome(gone, key, failed())).resolves.toBeUndefined();
  await expect(releaseProbe(gone, key, true)).resolves.toBeUndefined();
});
