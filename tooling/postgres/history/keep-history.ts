import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import postgres from 'postgres';
import { type Base, type History, historyOf, isSegment, listBases, placeOf } from './history-folder.ts';
import { takeBase } from './take-base.ts';

const DAY_MS = 24 * 3600 * 1000;
const EVERY_MS = 15 * 60 * 1000;
/** Not while a product has just started: then people wait for pages. */
const FIRST_MS = 5 * 60 * 1000;
/** What stays free whatever happens. */
const RESERVE = 512e6;

/** Looks after the history while a database runs. Returns how to end it. */
export function keepHistory(url: string, data: string, days: number, log: (line: string) => void): () => Promise<void> {
  const history = historyOf(data);
  let timer: NodeJS.Timeout;
  let round: Promise<void> = Promise.resolve();
  let isOver = false;
  const plan = (ms: number) => {
    timer = setTimeout(() => {
      round = tendHistory(url, data, history, days, log)
        .catch((error: Error) => {
          if (!isOver) log(`The history of the database could not be kept: ${error.message}`);
        })
        .then(() => {
          if (!isOver) plan(EVERY_MS);
        });
    }, ms);
    timer.unref();
  };
  plan(FIRST_MS);
  return async () => {
    isOver = true;
    clearTimeout(timer);
    // A copy under way ends with its session.
    await Promise.race([round, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
  };
}

/** One round: a copy if the newest is a day old, the changes compressed, and what is too old or too much removed. */
export async function tendHistory(
  url: string,
  data: string,
  history: History,
  days: number,
  log: (line: string) => void,
  now = new Date(),
): Promise<void> {
  await makeRoom(history, log);
  await packChanges(history);
  const newest = (await listBases(history)).at(-1);
  const isDue =
    !newest || now.getTime() - Date.parse(newest.startedAt) >= DAY_MS || newest.timeline !== (await timelineOf(url));
  if (isDue) await takeBase(url, data, history, now);
  await pruneHistory(history, days, now);
}

async function packChanges({ changes }: History): Promise<void> {
  for (const name of await readdir(changes)) {
    if (!isSegment(name) || name.endsWith('.zst')) continue;
    const raw = join(changes, name);
    // Most of a segment that was closed by time is zeros.
    await pipeline(createReadStream(raw), createZstdCompress(), createWriteStream(`${raw}.part`, { mode: 0o600 }));
    await rename(`${raw}.part`, `${raw}.zst`);
    await rm(raw, { force: true });
  }
}

/** Keeps the copy from which the oldest moment of the days can be reached, all later ones, and the changes since. */
export async function pruneHistory(history: History, days: number, now: Date): Promise<void> {
  const bases = await listBases(history);
  const oldest = now.getTime() - days * DAY_MS;
  const reaching = bases.findLastIndex(({ stoppedAt }) => Date.parse(stoppedAt) <= oldest);
  await removeBases(history, bases, Math.max(0, reaching));
}

async function removeBases({ changes }: History, bases: Base[], count: number): Promise<void> {
  for (const { folder } of bases.slice(0, count)) await rm(folder, { recursive: true, force: true });
  const first = bases[count]?.firstSegment;
  for (const name of await readdir(changes)) {
    // With the note that Postgres lays beside the first segment of a copy.
    if (/^[0-9A-F]{24}/.test(name) && first && placeOf(name) < placeOf(first))
      await rm(join(changes, name), { force: true });
  }
}

/** A full disk would stop the database itself: the past goes first, the oldest copy by the oldest. */
async function makeRoom(history: History, log: (line: string) => void): Promise<void> {
  for (;;) {
    const { bavail, bsize } = await statfs(history.folder);
    const bases = await listBases(history);
    const wanted = RESERVE + (bases.at(-1)?.bytes ?? 0);
    if (bavail * bsize > wanted) return;
    if (bases.length <= 1) {
      for (const { folder } of bases) await rm(folder, { recursive: true, force: true });
      for (const name of await readdir(history.changes)) await rm(join(history.changes, name), { force: true });
      throw new Error('the disk is nearly full, so the history was removed. Free some space; it begins anew then.');
    }
    log('The disk is nearly full: the oldest day of the history was removed.');
    await removeBases(history, bases, 1);
  }
}

async function timelineOf(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'history' } });
  try {
    const [row] = await sql<{ timeline: number }[]>`select timeline_id as timeline from pg_control_checkpoint()`;
    return row!.timeline;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** What the history takes on the disk. */
export async function bytesOfHistory({ folder }: History): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    sum += await stat(join(folder, name)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    );
  }
  return sum;
}
