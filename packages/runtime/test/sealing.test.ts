import { randomBytes, randomUUID } from 'node:crypto';
import { sessions, transactAs, users } from '@repo/db';
import { type TestDatabase, testDatabase } from '@repo/db/testing';
import { checkKeys, keyAgeWarning, readKeyAge } from '@repo/domain/sealing/check-keys';
import { resealColumns, versionsInUse } from '@repo/domain/sealing/reseal-columns';
import { SEALED_COLUMNS } from '@repo/domain/sealing/sealed-columns';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSealer } from '../src/sealing/create-sealer.ts';
import { parseKeyring } from '../src/sealing/keyring.ts';

const keyText = (version: number) => `${version}:${randomBytes(32).toString('base64')}`;
const [one, two, otherOne] = [keyText(1), keyText(2), keyText(1)];
const sealerOf = (...keys: string[]) => createSealer(parseKeyring(keys.join(','))!);
const place = { table: 'webhook', column: 'secret', id: 'row-1' };
const actor = { kind: 'system', job: 'test' } as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
const contextWith = (...keys: string[]) => ({
  db: database.db,
  actor,
  sealer: sealerOf(...keys),
  now: () => new Date(),
});

test('what is sealed opens again, in its own place only, and never looks the same twice', () => {
  const sealer = sealerOf(one);
  const sealed = sealer.seal('grüße 🔑', place);
  expect(sealed).toMatch(/^v1\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/);
  expect(sealer.open(sealed, place)).toBe('grüße 🔑');
  expect(sealer.seal('grüße 🔑', place)).not.toBe(sealed);
  expect(sealer.open(sealer.seal('', place), place)).toBe('');
  for (const other of [
    { ...place, id: 'row-2' },
    { ...place, column: 'url' },
    { ...place, table: 'session' },
  ]) {
    expect(() => sealer.open(sealed, other)).toThrow('does not open with key 1');
  }
});

test('a changed value, a cut tag and a foreign key are refused', () => {
  const sealer = sealerOf(one);
  const [head, iv, tag, data] = sealer.seal('a secret', place).split('.');
  const flipped = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
  expect(() => sealer.open([head, iv, tag, flipped(data!)].join('.'), place)).toThrow();
  expect(() => sealer.open([head, iv, flipped(tag!), data].join('.'), place)).toThrow();
  expect(() => sealer.open([head, iv, tag!.slice(0, 6), data].join('.'), place)).toThrow();
  expect(() => sealerOf(otherOne).open([head, iv, tag, data].join('.'), place)).toThrow('does not open with key 1');
  expect(() => sealerOf(two).open([head, iv, tag, data].join('.'), place)).toThrow('Encryption key 1 is missing');
  expect(() => sealer.open('plain', place)).toThrow('holds nothing sealed');
});

test('the first key of the list seals, every key opens, and a newer one is looked for when it is met', () => {
  const old = sealerOf(one).seal('x', place);
  const both = sealerOf(two, one);
  expect(both.open(old, place)).toBe('x');
  const fresh = both.seal('y', place);
  expect(fresh).toMatch(/^v2\./);
  const running = createSealer(parseKeyring(one)!, () => parseKeyring(`${two},${one}`));
  expect(running.newest).toBe(1);
  expect(running.open(fresh, place)).toBe('y');
  expect(running.newest).toBe(2);
});

test.each([
  '',
  '1',
  `1:${randomBytes(16).toString('base64')}`,
  `${one},${otherOne}`,
  `0:${one.slice(2)}`,
  `${one};${two}`,
])('a list of keys like %j is refused', (list) => {
  expect(parseKeyring(list)).toBeNull();
});

test('every sealed column exists, and no login token of another service is kept in clear', async () => {
  for (const { table, column } of SEALED_COLUMNS) {
    const found = await transactAs(database.db, actor, (tx) =>
      tx.execute(sql`select 1 from information_schema.columns where table_name = ${table} and column_name = ${column}`),
    );
    expect(found, `${table}.${column}`).toHaveLength(1);
  }
  const userId = await aUser();
  const leak = transactAs(database.db, actor, (tx) =>
    tx.execute(
      sql`insert into account (user_id, account_id, provider_id, access_token) values (${userId}, 'x', 'x', 'in clear')`,
    ),
  );
  await expect(leak).rejects.toThrow();
});

test('a new key takes over every row, sealed or plain; cut off or begun again, it ends the same', async () => {
  const userId = await aUser();
  const ids = Array.from({ length: 3 }, () => randomUUID());
  const before = sealerOf(one);
  await transactAs(database.db, actor, async (tx) => {
    for (const [index, id] of ids.entries()) {
      const ipAddress = before.seal(`192.0.2.${index}`, { table: 'session', column: 'ip_address', id });
      const expiresAt = new Date(Date.now() + 1e6);
      await tx.insert(sessions).values({ id, userId, token: id, expiresAt, ipAddress, userAgent: 'plain words' });
    }
  });
  const ctx = contextWith(two, one);
  expect(await resealColumns(ctx)).toEqual({ moved: 6, shut: 0 });
  expect(await resealColumns(ctx)).toEqual({ moved: 0, shut: 0 });
  expect(await versionsInUse(ctx)).toEqual([2]);
  const rows = await transactAs(database.db, actor, (tx) => tx.select().from(sessions));
  const open = (column: string, id: string, text: string) => ctx.sealer.open(text, { table: 'session', column, id });
  for (const [index, id] of ids.entries()) {
    const row = rows.find((each) => each.id === id)!;
    expect(open('ip_address', id, row.ipAddress!)).toBe(`192.0.2.${index}`);
    expect(open('user_agent', id, row.userAgent!)).toBe('plain words');
  }
  // A key that is gone loses nothing by itself: its values stay as they are.
  const three = keyText(3);
  expect(await resealColumns(contextWith(three))).toEqual({ moved: 0, shut: 6 });
});

test('a wrong or missing key is told at the start in a sentence, and an old one after 90 days', async () => {
  const ctx = contextWith(one);
  expect(await checkKeys(ctx)).toEqual([]);
  expect(await checkKeys(contextWith(two, one))).toEqual([]);
  expect(await checkKeys(contextWith(otherOne, two))).toEqual([
    expect.stringMatching(/^ENCRYPTION_KEYS: key 1 is not the one .* Nothing is lost/),
  ]);
  expect(await checkKeys(contextWith(two))).toEqual([expect.stringMatching(/^ENCRYPTION_KEYS: key 1 is missing/)]);
  const later = (days: number) => ({ ...ctx, now: () => new Date(Date.now() + days * 86_400_000) });
  expect(keyAgeWarning(await readKeyAge(later(90)))).toBeNull();
  expect(keyAgeWarning(await readKeyAge(later(91)))).toMatch(/91 days old.*npm run keys:rotate/);
});

async function aUser(): Promise<string> {
  const id = randomUUID();
  await transactAs(database.db, actor, (tx) =>
    tx.insert(users).values({ id, name: 'Ann', email: `${id}@example.test` }),
  );
  return id;
}
