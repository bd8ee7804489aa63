import { randomUUID } from 'node:crypto';
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
