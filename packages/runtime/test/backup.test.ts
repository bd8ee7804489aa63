import { appendFile, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDb } from '@repo/db';
import { createEventRelay } from '@repo/domain/events/event-relay';
import { advanceNow } from '@repo/domain/generation/advance-generation';
import { jobDefinitions } from '@repo/domain/job-definitions';
import { readRemix } from '@repo/domain/remixes/read-remixes';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { createQueue } from '@repo/jobs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepDailyBackup } from '../src/backup/daily-backup.ts';
import { listBackups, pruneBackups } from '../src/backup/index.server.ts';
import { aBackupHouse, type BackupHouse, onDatabase, onFullDisk, press, tableSums } from './backup-house.ts';

let house: BackupHouse;
/** What the first test restored. */
let restoredUrl: string;
beforeAll(async () => {
  house = await aBackupHouse();
});
afterAll(() => house.close());

async function all<T>(things: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const thing of things) found.push(thing);
  return found;
}
const objectKeys = (store: BackupHouse['world']['tools']['store']) => all(store.list(''));

test('what is restored is what was saved: rows, files and books, and the product works on it', async () => {
  const { world, person, remixId, ad } = house;
  // More than the connection and the disk have under way at once, with a smaller table behind it.
  await world.db.execute(sql`insert into event (actor_kind, noun, noun_id, verb, payload)
    select 'system', 'test', uuidv7(), 'said', jsonb_build_object('words', repeat(md5(n::text), 10))
    from generate_series(1, 5000) n`);
  const before = await tableSums(world.url);
  const { folder, manifest } = await house.take();
  expect((await stat(join(folder, 'manifest.json'))).mode & 0o777).toBe(0o600);
  expect(manifest.tables.map(({ schema }) => schema)).toEqual(expect.arrayContaining(['public', 'drizzle', 'pgboss']));

  const { databaseUrl, db, store, skipped } = await house.restore(folder);
  restoredUrl = databaseUrl;

  expect(await tableSums(databaseUrl)).toEqual(before);
  expect(skipped).toEqual([]);
  const keys = await objectKeys(world.tools.store);
  expect(await objectKeys(store)).toEqual(keys);
  for (const key of keys) {
    expect(Buffer.compare(await store.get(key), await world.tools.store.get(key))).toBe(0);
    expect((await store.head(key))!.contentType).toBe((await world.tools.store.head(key))!.contentType);
  }

  const queue = createQueue({ url: databaseUrl, catalog: jobDefinitions, onError: () => {} });
  try {
    const there = { ...person, db, store, queue };
    expect((await readRemix(there, remixId)).generation).toMatchObject({ status: 'done' });
    const again = await requestRemix(there, press(ad.id));
    const [made] = await db.execute<{ id: string }>(
      sql`select generation_id as id from remix where id = ${again.remixId}`,
    );
    await advanceNow({ ...world.system, db, store, queue }, made!.id, new AbortController().signal);
    expect((await readRemix(there, again.remixId)).generation).toMatchObject({ status: 'done' });
    const [books] = await db.execute(sql`select sum(amount)::int as total from ledger_entry`);
    expect(books).toEqual({ total: 0 });
  } finally {
    await queue.stop(1_000);
    await db.close();
  }
});

test('events of a cluster that had counted further are seen in their order, and new ones after them', async () => {
  const { world, backups } = house;
  const far = 5_000_000_000;
  await world.db.execute(sql`alter table event disable trigger event_append_only`);
  // The younger half as if it had been committed first: order is by transaction, then by number.
  await world.db.execute(sql`
    update event set xid = (${far}::bigint + case when id % 2 = 0 then 1000 - id else 2000 end)::text::xid8`);
  const inOrder = sql`select id::int, audience_id from event order by xid, id`;
  const saved = await world.db.execute<{ id: number; audience_id: string }>(inOrder);
  const { folder } = await house.take();

  const { db } = await house.restore(folder);

  expect((await db.execute<{ id: number }>(inOrder)).map(({ id }) => id)).toEqual(saved.map(({ id }) => id));
  const audience = saved.find((row) => row.audience_id)!.audience_id;
  const expected = saved.filter((row) => row.audience_id === audience).length;
  const relay = createEventRelay(db, () => {});
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { event } of relay.follow(audience, '0.0', stop.signal)) {
    seen.push(event.verb);
    if (seen.length === expected) {
      await db.execute(sql`insert into event (actor_kind, noun, noun_id, verb, audience_id)
        values ('system', 'test', uuidv7(), 'said', ${audience})`);
    }
    if (seen.length > expected) stop.abort();
  }
  expect(seen.at(-1)).toBe('said');
  // A reader who stood at a position of the old cluster goes on from now.
  const back = new AbortController();
  const reader = relay.follow(audience, `${far + 9_999}.1`, back.signal);
  const next = reader.next();
  const speaking = setInterval(async () => {
    await db.execute(sql`insert into event (actor_kind, noun, noun_id, verb, audience_id)
      values ('system', 'test', uuidv7(), 'heard', ${audience})`);
  }, 200);
  expect((await next).value).toMatchObject({ event: { verb: 'heard' } });
  clearInterval(speaking);
  back.abort();
  await reader.return(undefined);
  await relay.stop();
  expect((await listBackups(backups)).length).toBeGreaterThan(0);
});

test('thirty backups of the same files keep each file once, and old ones go with what only they held', async () => {
  const { backups, world } = house;
  const first = await house.take();
  const pool = async () => (await readdir(join(backups, 'objects'), { recursive: true })).length;
  const size = await pool();
  await world.tools.store.put('kept/new.txt', Buffer.from('a new file'), { contentType: 'text/plain' });
  await house.take();
  expect(await pool()).toBeLessThanOrEqual(size + 2);
  await world.tools.store.remove('kept/new.txt');
  const last = await house.take();

  const inAMonth = new Date(Date.now() + 31 * 24 * 3600 * 1000);
  expect(await pruneBackups(backups, 30, inAMonth)).toContain(first.name);
  expect((await listBackups(backups)).map(({ name }) => name)).toEqual([last.name]);
  const files = (await readdir(join(backups, 'objects'), { recursive: true })).filter((name) => name.length > 4);
  expect(files.length).toBe(new Set(await sums(last.folder)).size);
});

async function sums(folder: string): Promise<string[]> {
  const { readManifest } = await import('../src/backup/manifest.ts');
  const { readObjectLines } = await import('../src/backup/object-pool.ts');
  const lines = await all(readObjectLines(folder, await readManifest(folder)));
  return lines.map(({ sha256 }) => sha256!);
}

test('a damaged, a cut short, a foreign and a newer backup are refused with a sentence, and nothing is made', async () => {
  const { backups, admin } = house;
  const databases = () =>
    admin`select datname from pg_database order by 1`.then((rows) => rows.map((row) => row['datname']));
  const { folder } = await house.take();
  const before = await databases();
  const spoiled = async (name: string, spoil: (copy: string) => Promise<unknown>) => {
    const copy = join(backups, name);
    await cp(folder, copy, { recursive: true });
    await spoil(copy);
    const problem = await house.restore(copy).then(
      () => 'it was restored',
      (error: Error) => error.message,
    );
    await rm(copy, { recursive: true });
    return problem;
  };
  const inManifest = (from: RegExp, to: string) => async (copy: string) => {
    const path = join(copy, 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
  };
  const users = (copy: string) => join(copy, 'tables/public.user.copy.zst');

  expect(await spoiled('more', (copy) => appendFile(users(copy), 'x'))).toMatch(/is damaged: its checksum/);
  expect(
    await spoiled('less', async (copy) => writeFile(users(copy), (await readFile(users(copy))).subarray(0, -9))),
  ).toMatch(/is damaged/);
  expect(await spoiled('gone', (copy) => rm(users(copy)))).toMatch(/is missing/);
  expect(await spoiled('format', inManifest(/"format": 1/, '"format": 7'))).toMatch(/format 7, and this version/);
  expect(await spoiled('newer', inManifest(/"when": \d+/, '"when": 9999999999999'))).toMatch(
    /newer Remixify \(1\.2\.3\)/,
  );
  expect(await spoiled('other', inManifest(/"hash": "\w+"/, '"hash": "another"'))).toMatch(/not those of this one/);
  expect(await spoiled('torn', (copy) => writeFile(join(copy, 'manifest.json'), '{"for'))).toMatch(/is damaged/);
  expect(await databases()).toEqual(before);
});

test('a full disk leaves no half backup, and says so', async () => {
  const { backups, world } = house;
  const before = await readdir(backups);
  await expect(house.take({ createFile: onFullDisk })).rejects.toThrow(/disk of .* is full/);
  expect(await readdir(backups)).toEqual(before);
  const [last] = await world.db.execute(sql`select problem from backup_run order by finished_at desc limit 1`);
  expect(last!['problem']).toMatch(/ENOSPC|full/);
});

test('a restore that breaks off half-way leaves everything as it was', async () => {
  const { world, admin } = house;
  const { folder } = await house.take();
  const store = {
    ...world.tools.store,
    put: () => Promise.reject(new Error('the disk of the files broke')),
    head: async () => null,
  };
  const databaseUrl = onDatabase(world.url, 'test_broken_off');
  await expect(house.restore(folder, { databaseUrl, store })).rejects.toThrow('the disk of the files broke');
  const left = await admin`select datname from pg_database where datname like 'test_broken_off%'`;
  expect([...left]).toEqual([]);
});

test('a database that somebody uses, or that holds something, is not touched; replaced, it is kept aside', async () => {
  const { world, admin } = house;
  const { folder } = await house.take();
  await expect(house.restore(folder, { databaseUrl: world.url, replace: true })).rejects.toThrow(/still running/);

  const databaseUrl = restoredUrl;
  const db = createDb(databaseUrl, { max: 1 });
  await db.execute(sql`update "user" set name = 'changed since'`);
  await db.close();
  await expect(house.restore(folder, { databaseUrl })).rejects.toThrow(/is not empty, so nothing was changed/);
  await expect(house.restore(folder, { databaseUrl, inPlace: true })).rejects.toThrow(/--into wants an empty one/);

  const { putAside, db: again } = await house.restore(folder, { databaseUrl, replace: true });
  expect((await again.execute(sql`select from "user" where name = 'changed since'`)).length).toBe(0);
  const [kept] = await admin`select datname from pg_database where datname = ${putAside}`;
  expect(kept).toBeDefined();
  await admin.unsafe(`drop database ${putAside}`);
});

test('the day has one backup, taken after three in the morning or whenever the machine wakes, and zero days mean none', async () => {
  const { world } = house;
  const backups = join(house.backups, 'daily');
  const log: string[] = [];
  const at = (now: string, keepDays = 30) =>
    keepDailyBackup({
      databaseUrl: world.url,
      store: world.tools.store,
      backups,
      keepDays,
      appVersion: '1.2.3',
      now: () => new Date(now),
      log: (line) => log.push(line),
    });
  await at('2031-05-01T12:00:00Z', 0);
  expect(await listBackups(backups)).toEqual([]);
  for (const now of ['2031-05-01T12:00:00Z', '2031-05-01T23:00:00Z', '2031-05-02T02:59:00Z', '2031-05-02T03:00:00Z'])
    await at(now);
  expect((await listBackups(backups)).map(({ name }) => name)).toEqual([
    '2031-05-01T12-00-00Z',
    '2031-05-02T03-00-00Z',
  ]);
  await at('2031-06-02T03:00:00Z');
  expect((await listBackups(backups)).map(({ name }) => name)).toEqual(['2031-06-02T03-00-00Z']);
  expect(log).toHaveLength(3);
});
