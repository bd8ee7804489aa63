import { randomUUID } from 'node:crypto';
import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, brands, createDb, memberships, type Tx, transactAs, users } from '../src/index.server.ts';
import * as schema from '../src/schema/index.ts';
import { type TestDatabase, testDatabase } from '../src/testing.ts';

/** Tables whose rows are nobody's. Add one with its reason. */
const OPEN_TABLES = new Set<string>();

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const system = { kind: 'system', job: 'test' } as const;
const asSystem = <T>(work: (tx: Tx) => Promise<T>) => transactAs(database.db, system, work);
const person = (userId: string) => ({ kind: 'user', userId, isGuest: false }) as const;

async function aBrand() {
  return asSystem(async (tx) => {
    const userId = randomUUID();
    const brandId = randomUUID();
    await tx.insert(users).values({ id: userId, name: 'Ada', email: `${userId}@example.test` });
    await tx.insert(brands).values({ id: brandId, name: 'A brand', slug: brandId, createdBy: userId });
    await tx.insert(memberships).values({ brandId, userId, role: 'owner' });
    return { userId, brandId };
  });
}

const tables = Object.values(schema).flatMap((value: unknown) => (is(value, PgTable) ? [getTableName(value)] : []));

test.each(tables)('table %s is behind row security, or listed as open with a reason', async (name) => {
  const [table] = await asSystem((tx) =>
    tx.execute<{ walled: boolean }>(
      sql`select relrowsecurity as walled from pg_class where oid = ${`public."${name}"`}::regclass`,
    ),
  );
  expect(table!.walled || OPEN_TABLES.has(name)).toBe(true);
});

test('no table of the database is missing from the schema, so none escapes the wall test', async () => {
  const found = await asSystem((tx) =>
    tx.execute<{ name: string }>(
      sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    ),
  );
  expect(found.map(({ name }) => name).sort()).toEqual([...tables].sort());
});

test('neither role of the application owns a table or may step round row security', async () => {
  const roles = await asSystem((tx) =>
    tx.execute<{ rolname: string; risky: boolean; owns: number }>(sql`
      select rolname, rolsuper or rolbypassrls or rolcreaterole as risky,
        (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns
      from pg_roles where rolname in ('app_user', 'app_auth') order by 1`),
  );
  expect(roles.map(({ rolname, risky, owns }) => ({ rolname, risky, owns }))).toEqual([
    { rolname: 'app_auth', risky: false, owns: 0 },
    { rolname: 'app_user', risky: false, owns: 0 },
  ]);
});

test('a member sees the members of their own brand and of no other', async () => {
  const [mine, theirs] = [await aBrand(), await aBrand()];
  const seen = await transactAs(database.db, person(mine.userId), (tx) => tx.select().from(memberships));
  expect(seen.map(({ brandId }) => brandId)).toEqual([mine.brandId]);
  expect(seen.map(({ brandId }) => brandId)).not.toContain(theirs.brandId);
});

test('a person reads their own account row, and nobody else reads it', async () => {
  const [mine, theirs] = [await aBrand(), await aBrand()];
  const seen = await transactAs(database.db, person(mine.userId), (tx) => tx.select({ id: users.id }).from(users));
  expect(seen).toEqual([{ id: mine.userId }]);
  expect(await transactAs(database.db, { kind: 'visitor' }, (tx) => tx.select().from(users))).toEqual([]);
  expect(theirs.userId).not.toBe(mine.userId);
});

test('nobody enters a brand by themselves, not even as its analyst', async () => {
  const [mine, theirs] = [await aBrand(), await aBrand()];
  for (const role of ['owner', 'analyst'] as const) {
    await expect(
      transactAs(database.db, person(mine.userId), (tx) =>
        tx.insert(memberships).values({ brandId: theirs.brandId, userId: mine.userId, role }),
      ),
    ).rejects.toMatchObject({ cause: { code: '42501' } });
  }
});

test.each(['session', 'account', 'verification', 'rate_limit'])(
  'a person cannot even ask for rows of %s',
  async (name) => {
    const { userId } = await aBrand();
    await expect(
      transactAs(database.db, person(userId), (tx) => tx.execute(sql.raw(`select * from "${name}"`))),
    ).rejects.toMatchObject({ cause: { code: '42501' } });
  },
);

test.each(['ledger_entry', 'event', 'ledger_account'])(
  'a person changes nothing in %s, and adds nothing at will',
  async (name) => {
    const { userId } = await aBrand();
    for (const statement of [
      `delete from ${name}`,
      `update ${name} set created_at = now()`,
      `insert into ${name} default values`,
    ]) {
      await expect(
        transactAs(database.db, person(userId), (tx) => tx.execute(sql.raw(statement))),
      ).rejects.toMatchObject({
        cause: { code: '42501' },
      });
    }
  },
);

test('a person writes down that they reported, and no other event and nobody else’s', async () => {
  const { userId } = await aBrand();
  const note = (columns: Record<string, string>) =>
    transactAs(database.db, person(userId), (tx) => {
      const row = { actor_id: userId, actor_kind: 'user', noun: 'report', noun_id: userId, verb: 'made', ...columns };
      const names = sql.raw(Object.keys(row).join(', '));
      return tx.execute(
        sql`insert into event (${names}) values (${sql.join(
          Object.values(row).map((value) => sql`${value}`),
          sql`, `,
        )})`,
      );
    });
  await note({});
  const wrong: Record<string, string>[] = [
    { actor_id: randomUUID() },
    { actor_kind: 'system' },
    { noun: 'credits' },
    { verb: 'resolved' },
    { audience_id: userId },
    { brand_id: randomUUID() },
    { payload: '{}' },
    { created_at: '2020-01-01' },
  ];
  for (const columns of wrong)
    await expect(note(columns), JSON.stringify(columns)).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('the sign-in role reaches the accounts and nothing of the product', async () => {
  const authDb = createDb(database.url, { role: 'app_auth', max: 1 });
  try {
    await authDb.execute(sql`select id from "user" limit 1`);
    await expect(authDb.execute(sql`select * from generation`)).rejects.toMatchObject({ cause: { code: '42501' } });
    await expect(authDb.execute(sql`select * from ledger_entry`)).rejects.toMatchObject({ cause: { code: '42501' } });
  } finally {
    await authDb.close();
  }
});

test('no actor survives its transaction', async () => {
  const { userId } = await aBrand();
  await transactAs(database.db, person(userId), async () => {});
  const [row] = await database.db.execute<{ who: string; id: string | null }>(
    sql`select current_user as who, current_setting('app.user_id', true) as id`,
  );
  expect(row!.who).not.toBe('app_user');
  expect(row!.id || null).toBeNull();
});

test('what runs with the owner’s rights ends with them: afterwards the wall stands again', async () => {
  const { userId } = await aBrand();
  const roles = await transactAs(database.db, person(userId), async (tx) => {
    const roleNow = async (inside: Tx) =>
      (await inside.execute<{ who: string }>(sql`select current_user as who`))[0]!.who;
    return [await roleNow(tx), await asOwner(tx, roleNow), await roleNow(tx)];
  });
  expect(roles[0]).toBe('app_user');
  expect(roles[1]).not.toBe('app_user');
  expect(roles[2]).toBe('app_user');
});
