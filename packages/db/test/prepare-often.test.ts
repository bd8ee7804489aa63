import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner, brands, createDb, type Db, memberships, type Tx, transactAs, users } from '../src/index.server.ts';
import { countHabits } from '../src/prepare-often.ts';
import { type TestDatabase, testDatabase } from '../src/testing.ts';

let database: TestDatabase;
/** One connection, so that a plan made for one person would meet the next. */
let db: Db;
const [ada, ben] = [randomUUID(), randomUUID()];
const person = (userId: string) => ({ kind: 'user', userId, isGuest: false }) as const;
const system = { kind: 'system', job: 'test' } as const;

beforeAll(async () => {
  database = await testDatabase();
  db = createDb(database.url, { max: 1 });
  await transactAs(db, system, async (tx) => {
    for (const userId of [ada, ben]) {
      const brandId = randomUUID();
      await tx.insert(users).values({ id: userId, name: 'A person', email: `${userId}@example.test` });
      await tx.insert(brands).values({ id: brandId, name: 'A brand', slug: brandId, createdBy: userId });
      await tx.insert(memberships).values({ brandId, userId, role: 'owner' });
    }
  });
});
afterAll(async () => {
  await db.close();
  await database.close();
});

const membersSeen = async (tx: Tx) =>
  (await tx.select().from(memberships).where(eq(memberships.role, 'owner'))).map(({ userId }) => userId).toSorted();
const preparedIn = async (tx: Tx) =>
  (await tx.execute<{ statement: string }>(sql`select statement from pg_prepared_statements`)).map(
    (row) => row.statement,
  );

test('a statement that everybody asks again and again shows each only what is theirs, and the owner all', async () => {
  for (let turn = 0; turn < 30; turn++) {
    expect(await transactAs(db, person(ada), membersSeen)).toEqual([ada]);
    expect(await transactAs(db, { kind: 'visitor' }, membersSeen)).toEqual([]);
    expect(await transactAs(db, person(ben), membersSeen)).toEqual([ben]);
    expect(await transactAs(db, system, membersSeen)).toEqual([ada, ben].toSorted());
    const both = await transactAs(db, person(ada), async (tx) => [
      await membersSeen(tx),
      await asOwner(tx, membersSeen),
      await membersSeen(tx),
    ]);
    expect(both).toEqual([[ada], [ada, ben].toSorted(), [ada]]);
  }
  const prepared = await transactAs(db, system, preparedIn);
  expect(prepared.filter((text) => text.includes('from "membership"'))).toHaveLength(1);
});

test('a statement whose transaction fails leaves nobody behind on the connection', async () => {
  for (let turn = 0; turn < 30; turn++) {
    const failing = transactAs(db, person(ada), async (tx) => {
      await asOwner(tx, (owner) => owner.execute(sql`select 1 / ${turn}::int - 1 / 0`));
    });
    await expect(failing).rejects.toMatchObject({ cause: { code: '22012' } });
    expect(await transactAs(db, { kind: 'visitor' }, membersSeen)).toEqual([]);
  }
});

test('behind a transaction pooler nothing is prepared', async () => {
  const pooled = createDb(database.url, { max: 1, prepare: false });
  for (let turn = 0; turn < 30; turn++) await transactAs(pooled, person(ada), membersSeen);
  expect(await transactAs(pooled, system, preparedIn)).toEqual([]);
  await pooled.close();
});

describe('habits', () => {
  test('are texts that came often', () => {
    const habit = countHabits({ often: 3 });
    expect([1, 2, 3, 4].map(() => habit.isOften('select 1'))).toEqual([false, false, true, true]);
    expect(habit.isOften('select 2')).toBe(false);
  });

  test('are so many at most, however many texts there are', () => {
    const habit = countHabits({ often: 2, kept: 5, counted: 10 });
    const texts = Array.from({ length: 1_000 }, (_, n) => `select ${n}`);
    for (const text of texts) for (const _ of [1, 2, 3]) habit.isOften(text);
    expect(texts.filter((text) => habit.isOften(text))).toEqual(texts.slice(0, 5));
  });

  test('of texts that come once each are none', () => {
    const habit = countHabits({ often: 2, counted: 10 });
    const texts = Array.from({ length: 100 }, (_, n) => `select ${n}`);
    expect([...texts, ...texts].filter((text) => habit.isOften(text))).toEqual([]);
  });
});
