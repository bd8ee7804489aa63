import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyOf, listBases } from '../postgres/history/history-folder.ts';
import { pruneHistory, tendHistory } from '../postgres/history/keep-history.ts';
import { recoverTo } from '../postgres/history/recover-to.ts';
import { startPostgres } from '../postgres/start-postgres.ts';

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'remixify-history-'));
  chmodSync(dataDir, 0o755);
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const password = 'a-password';
const start = (historyDays = 7) => startPostgres({ dataDir, password, historyDays, log: () => {} });

async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
const words = (url: string) =>
  ask(url, async (sql) => (await sql`select word from note order by 1`).map((row) => row['word']));
const write = (url: string, word: string) => ask(url, (sql) => sql`insert into note values (${word})`);
const recover = (at: Date, check = async (_: string) => {}) =>
  recoverTo({ dataDir, password, at, check, log: () => {} });

/** When A was there and B was not. */
let noted: Date;
beforeAll(async () => {
  const first = await start();
  const data = first.folder;
  const history = historyOf(data);
  await ask(first.url, (sql) => sql`create table note (word text)`);
  await tendHistory(first.url, data, history, 7, () => {});
  await write(first.url, 'A');
  await ask(first.url, (sql) => sql`select pg_switch_wal()`);
  await wait(50);
  noted = new Date();
  await wait(50);
  await write(first.url, 'B');
  await tendHistory(first.url, data, history, 7, () => {});
  expect(await listBases(history)).toHaveLength(1);
  expect(readdirSync(history.changes).some((name) => name.endsWith('.zst'))).toBe(true);
  await first.stop();
});

test('a moment that cannot be reached is refused, and what is not found good does not take the place of the old', async () => {
  await expect(recover(new Date(0))).rejects.toThrow(/The history begins at/);
  await expect(recover(new Date(Date.now() + 60_000))).rejects.toThrow(/in the future/);
  // Nothing was written after this moment: then everything belongs to it.
  const refuse = () => recover(new Date(), () => Promise.reject(new Error('the books are not balanced')));
  await expect(refuse()).rejects.toThrow('the books are not balanced');
  expect(readdirSync(dataDir).filter((name) => /before|recovering$/.test(name))).toEqual([]);
});

test('the database goes back to a moment: what was written before is there, what came after is not', async () => {
  const { putAside } = await recover(noted, async (url) => expect(await words(url)).toEqual(['A']));
  expect(existsSync(join(putAside, 'PG_VERSION'))).toBe(true);

  const second = await start();
  const history = historyOf(second.folder);
  expect(await words(second.url)).toEqual(['A']);
  await write(second.url, 'C');
  // It goes on upon a branch of its own, which needs a copy of its own.
  await tendHistory(second.url, second.folder, history, 7, () => {});
  expect((await listBases(history)).map(({ timeline }) => timeline)).toEqual([1, 2]);
  await second.stop();
});

test('history older than its days goes, and switching it off removes it all', async () => {
  const { folder, stop, url } = await start();
  const history = historyOf(folder);
  const inNineDays = new Date(Date.now() + 9 * 24 * 3600 * 1000);
  await tendHistory(url, folder, history, 7, () => {}, inNineDays);
  await pruneHistory(history, 7, new Date(inNineDays.getTime() + 8 * 24 * 3600 * 1000));
  const left = await listBases(history);
  expect(left).toHaveLength(1);
  const segments = readdirSync(history.changes).filter((name) => /^[0-9A-F]{24}/.test(name));
  for (const name of segments) expect(name.slice(8, 24) >= left[0]!.firstSegment.slice(8)).toBe(true);
  await stop();

  const without = await start(0);
  expect(existsSync(history.folder)).toBe(false);
  await without.stop();
});
