import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brands, createWalled, memberships, transactAs, users, type Walled } from '../src/index.server.ts';
import { type TestDatabase, testDatabase } from '../src/testing.ts';

let database: TestDatabase;
/** One connection, so that whatever one reader left behind would meet the next. */
let walled: Walled;
const userId = randomUUID();
const person = { kind: 'user', userId, isGuest: false } as const;
const visitor = { kind: 'visitor' } as const;

beforeAll(async () => {
  database = await testDatabase();
  walled = createWalled(database.url, { max: 1 });
  await transactAs(database.db, { kind: 'system', job: 'test' }, async (tx) => {
    const brandId = randomUUID();
    await tx.insert(users).values({ id: userId, name: 'Ada', email: `${userId}@example.test` });
    await tx.insert(brands).values({ id: brandId, name: 'A brand', slug: brandId, createdBy: userId });
    await tx.insert(memberships).values({ brandId, userId, role: 'owner' });
  });
});
afterAll(async () => {
  await walled.close();
  await database.close();
});

const MINE = 'select user_id from membership where user_id = $1';

test('a person reads what is theirs, and the next visitor on the same connection does not', async () => {
  for (let turn = 0; turn < 3; turn++) {
    expect(await walled.read(person, MINE, [userId])).toEqual([{ user_id: userId }]);
    expect(await walled.read(visitor, MINE, [userId])).toEqual([]);
  }
});

test('many at once on one connection are each told only what is theirs', async () => {
  const other = { ...person, userId: randomUUID() };
  const readers = Array.from({ length: 60 }, (_, n) => [person, visitor, other][n % 3]!);
  const answers = await Promise.all(readers.map((reader) => walled.read(reader, MINE, [userId])));
  expect(answers.map((rows) => rows.length)).toEqual(readers.map((reader) => (reader === person ? 1 : 0)));
});

test('a statement that fails leaves nobody behind on the connection', async () => {
  await expect(walled.read(person, 'select 1 / $1::int', [0])).rejects.toThrow('division by zero');
  await expect(walled.read(visitor, 'select 1 / $1::int', [0])).rejects.toThrow('division by zero');
  expect(await walled.read(visitor, MINE, [userId])).toEqual([]);
  expect(await walled.read(person, MINE, [userId])).toHaveLength(1);
});

test('nothing can be written, nor seen by resetting the role', async () => {
  const rename = 'update "user" set name = $1';
  await expect(walled.read(person, rename, ['x'])).rejects.toThrow(/permission denied|read-only/);
  await expect(walled.read(visitor, rename, ['x'])).rejects.toThrow(/permission denied|read-only/);
  await walled.read(visitor, 'reset role', []);
  expect(await walled.read(visitor, 'select current_user::text as role', [])).toEqual([{ role: 'app_user' }]);
  expect(await walled.read(visitor, MINE, [userId])).toEqual([]);
});

const FOUND = "insert into brand (name, slug, created_by) values ('Mugs', $1, $2) returning slug";
const slugs = async () => {
  const rows = await database.db.execute<{ slug: string }>(sql`select slug from brand where created_by = ${userId}`);
  return rows.map(({ slug }) => slug);
};

test('a person writes as the wall lets them, and what was answered is kept', async () => {
  const slug = randomUUID();
  expect(await walled.write(person, FOUND, [slug, userId])).toEqual([{ slug }]);
  expect(await slugs()).toContain(slug);
});

test('what the wall forbids is not written, and neither is anything of a statement that fails', async () => {
  const [foreign, failed] = [randomUUID(), randomUUID()];
  await expect(walled.write(person, FOUND, [foreign, randomUUID()])).rejects.toMatchObject({ code: '42501' });
  const half = `with made as (${FOUND}) select 1 / (select count(*) - 1 from made)`;
  await expect(walled.write(person, half, [failed, userId])).rejects.toThrow('division by zero');
  expect(await slugs()).not.toEqual(expect.arrayContaining([expect.stringMatching(`${foreign}|${failed}`)]));
  expect(await walled.read(visitor, MINE, [userId])).toEqual([]);
});

test.each([
  ['met for the first time', 0],
  ['known to the connection', 1],
])(
  'a connection that breaks in a statement %s fails it with a reason, keeps nothing and is made anew',
  async (_, times) => {
    const slug = randomUUID();
    const slow = `with made as (${FOUND}) select pg_sleep($3), '${slug}' from made`;
    for (let turn = 0; turn < times; turn++) await walled.write(person, slow, [`${slug}-${turn}`, userId, 0]);
    const broken = walled.write(person, slow, [slug, userId, 30]);
    const end = sql`select pg_terminate_backend(pid) from pg_stat_activity where query like ${`%${slug}%`} and wait_event = 'PgSleep'`;
    await expect.poll(async () => (await database.db.execute(end)).length).toBe(1);
    await expect(broken).rejects.toThrow(/terminating connection|CONNECTION_CLOSED/);
    expect(await slugs()).not.toContain(slug);
    expect(await walled.write(person, FOUND, [slug, userId])).toEqual([{ slug }]);
    expect(await walled.read(visitor, MINE, [userId])).toEqual([]);
  },
);

test('who waits for a connection while it breaks is served by the next one', async () => {
  const [slug, alone] = [randomUUID(), createWalled(database.url, { max: 1 })];
  const broken = alone.read(person, `select pg_sleep(30), '${slug}'`, []);
  const waiting = [alone.read(person, MINE, [userId]), alone.read(visitor, MINE, [userId])];
  expect(alone.use()).toEqual({ inUse: 1, waiting: 2 });
  const end = sql`select pg_terminate_backend(pid) from pg_stat_activity where query like ${`%${slug}%`} and wait_event = 'PgSleep'`;
  await expect.poll(async () => (await database.db.execute(end)).length).toBe(1);
  await expect(broken).rejects.toThrow(/terminating connection|CONNECTION_CLOSED/);
  expect((await Promise.all(waiting)).map((rows) => rows.length)).toEqual([1, 0]);
  expect(alone.use()).toEqual({ inUse: 0, waiting: 0 });
  await alone.close();
});

test('visitors in numbers do not keep a person waiting for ever', async () => {
  let isOver = false;
  const crowd = Array.from({ length: 40 }, async () => {
    while (!isOver) await walled.read(visitor, 'select pg_sleep(0.002)', []);
  });
  expect(await walled.read(person, MINE, [userId])).toHaveLength(1);
  isOver = true;
  await Promise.all(crowd);
});

test('a migration in between costs a person an error at most, never the rows of nobody', async () => {
  const admin = database.db;
  await admin.execute(sql`create table shelf as select 1 as it; grant select on shelf to app_user`);
  const LOOK = 'select shelf.*, app_user_id() as me, $1::int as n from shelf';
  expect(await walled.read(person, LOOK, [1])).toEqual([{ it: 1, me: userId, n: 1 }]);
  await admin.execute(sql`alter table shelf alter column it type text`);
  const after = await walled.read(person, LOOK, [1]).catch((error: Error) => error.message);
  expect([[{ it: '1', me: userId, n: 1 }], 'A statement of a person ended in ROLLBACK.']).toContainEqual(after);
  expect(await walled.read(person, LOOK, [1])).toEqual([{ it: '1', me: userId, n: 1 }]);
  await admin.execute(sql`drop table shelf`);
});
