import { createDb } from '@repo/db';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countLazily } from '../src/limits/count-lazily.ts';
import { createLimits, type Limits } from '../src/limits/create-limits.ts';
import { type Asker, type Bucket, networkOf } from '../src/limits/rate-rules.ts';
import { tightest } from '../src/limits/verdict.ts';

let database: TestDatabase;
let processes: [Limits, Limits];
const pools: ReturnType<typeof createDb>[] = [];

beforeAll(async () => {
  database = await testDatabase();
  // Two processes know each other by the database alone.
  pools.push(createDb(database.url, { role: 'app_auth' }), createDb(database.url, { role: 'app_auth' }));
  processes = [limitsOn(pools[0]!, 1), limitsOn(pools[1]!, 1)];
});
afterAll(async () => {
  for (const pool of pools) await pool.close();
  await database.close();
});

const limitsOn = (db: ReturnType<typeof createDb>, scale: number): Limits =>
  createLimits(db, { scale, secret: 'a secret of the tests' });

let addresses = 0;
const newAddress = () => `198.51.100.${++addresses}`;
const aPerson = (changes: Partial<Asker> = {}): Asker => ({
  address: newAddress(),
  user: { id: crypto.randomUUID(), isGuest: false },
  key: null,
  ...changes,
});

const isTaken = async (limits: Limits, bucket: Bucket, asker: Asker) =>
  tightest(await limits.take(bucket, asker))!.isAllowed;

async function countTaken(bucket: Bucket, askers: Asker[], among: Limits[] = processes): Promise<number> {
  const asked = askers.map((asker, n) => isTaken(among[n % among.length]!, bucket, asker));
  return (await Promise.all(asked)).filter(Boolean).length;
}
const times = (count: number, asker: Asker) => Array.from({ length: count }, () => asker);

test.each(['ai', 'sign_in'] as const)('two processes together let exactly ten through: %s', async (bucket) => {
  expect(await countTaken(bucket, times(40, aPerson()))).toBe(10);
});

test('what is counted while the other processes are being told is not forgotten', async () => {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<{ consumedPoints: number; msBeforeNext: number }>();
  const shared = {
    penalty: (_key: string, count: number) => {
      arrived.resolve();
      return answer.promise.then((rest) => ({ ...rest, consumedPoints: count }));
    },
  };
  const counter = countLazily('slow', { max: 10, seconds: 60 } as never, shared as never);
  for (let n = 0; n < 5; n++) expect((await counter.take('somebody')).isAllowed).toBe(true);
  const told = counter.tell();
  await arrived.promise;
  for (let n = 0; n < 5; n++) expect((await counter.take('somebody')).isAllowed).toBe(true);
  answer.resolve({ consumedPoints: 5, msBeforeNext: 60_000 });
  await told;
  expect((await counter.take('somebody')).isAllowed).toBe(false);
});

test('a refused request uses up nothing of the longer window', async () => {
  const person = aPerson();
  await countTaken('ai', times(30, person));
  const [{ points }] = await pools[0]!.$client<[{ points: number }]>`
    select points from rate_count where key = ${`ai/50/900:user:${person.user!.id}`}`;
  expect(points).toBe(10);
});

test('guests of one network share what their network may ask of models; people with accounts do not', async () => {
  const address = newAddress();
  const guests = Array.from({ length: 20 }, () =>
    aPerson({ address, user: { id: crypto.randomUUID(), isGuest: true } }),
  );
  expect(await countTaken('ai', guests)).toBe(10);
  const colleagues = Array.from({ length: 20 }, () => aPerson({ address }));
  expect(await countTaken('ai', colleagues)).toBe(20);
});

test('everything else: a hundred a minute in a process, counted without asking the database', async () => {
  const person = aPerson();
  const [first] = processes;
  expect(await countTaken('general', times(130, person), [first])).toBe(100);
  const rows = await pools[0]!.$client`select 1 from rate_count where key like ${`%${person.user!.id}`}`;
  expect(rows).toHaveLength(0);
});

test('what one process counted, the other knows within moments; the tolerance is as documented', async () => {
  const person = aPerson();
  const [first, second] = processes;
  expect(await countTaken('general', times(60, person), [first])).toBe(60);
  expect(await countTaken('general', times(20, person), [second])).toBe(20);
  const known = async () => {
    const [row] = await pools[0]!.$client<{ points: number }[]>`
      select points from rate_count where key = ${`general/100/60:user:${person.user!.id}`}`;
    return row?.points;
  };
  await expect.poll(known, { timeout: 10_000 }).toBe(80);
  // Each has yet to hear of the other's.
  const remaining = async (limits: Limits) => tightest(await limits.take('general', person))!.remaining;
  await expect.poll(() => remaining(second), { timeout: 10_000 }).toBeLessThan(25);
  const more = await countTaken('general', times(200, person));
  expect(80 + more).toBeLessThanOrEqual(150);
});

test('a key has a limit of its own, which is not that of its person', async () => {
  const user = { id: crypto.randomUUID(), isGuest: false };
  const withKey = aPerson({ user, key: { id: crypto.randomUUID(), perMinute: 30 } });
  const [first] = processes;
  expect(await countTaken('general', times(50, withKey), [first])).toBe(30);
  expect(await countTaken('general', times(10, aPerson({ user })), [first])).toBe(10);
  // A second key does not double what somebody may ask of models.
  const other = aPerson({ user, key: { id: crypto.randomUUID(), perMinute: null } });
  expect((await countTaken('ai', times(10, withKey))) + (await countTaken('ai', times(10, other)))).toBe(10);
});

test('one setting moves every limit', async () => {
  expect(await countTaken('ai', times(40, aPerson()), [limitsOn(pools[0]!, 2)])).toBe(20);
});

test('while the database is away, a process counts for itself', async () => {
  const nowhere = createDb('postgres://nobody@127.0.0.1:1/nothing', { max: 1 });
  expect(await countTaken('ai', times(12, aPerson()), [limitsOn(nowhere, 1)])).toBe(10);
  await nowhere.close();
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s belongs to the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('what the processes tell each other names no network, and is the same name for all of them', async () => {
  const address = '203.0.113.66';
  const guest = aPerson({ address, user: { id: crypto.randomUUID(), isGuest: true } });
  for (const limits of processes) expect(await isTaken(limits, 'ai', guest)).toBe(true);
  const rows = await database.db.$client`select key, points from rate_count where points = 2`;
  expect(rows.some(({ key }) => /^ai\/10\/60:net:[\w-]{32}$/.test(String(key)))).toBe(true);
  const all = await database.db.$client`select key from rate_count`;
  expect(all.map(({ key }) => key).join()).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
});
