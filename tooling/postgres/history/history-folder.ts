import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from '../server-account.ts';

/** Where the past of a database lies: copies of its folder, and every change since, in the order they were made. */
export type History = { folder: string; bases: string; changes: string };

/** A copy of the data folder, good for going to any moment from `stoppedAt` on. */
export type Base = {
  name: string;
  folder: string;
  startedAt: string;
  stoppedAt: string;
  timeline: number;
  /** The first segment of changes that it needs. */
  firstSegment: string;
  directories: string[];
  bytes: number;
};

/** Beside the data folder: the user that runs Postgres can write there. */
export function historyOf(data: string): History {
  const folder = join(dirname(data), 'history');
  return { folder, bases: join(folder, 'bases'), changes: join(folder, 'changes') };
}

/** Makes the folders, so that Postgres can lay its changes there from its first moment on. */
export async function openHistory(data: string, account: Account | undefined): Promise<History> {
  const history = historyOf(data);
  for (const folder of [history.folder, history.bases, history.changes]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (account) await chown(folder, account.uid, account.gid);
  }
  return history;
}

/** A history that was not kept for a while has a hole that nothing can cross: it goes. */
export async function forgetHistory(data: string, log: (line: string) => void): Promise<void> {
  const { folder } = historyOf(data);
  if (!existsSync(folder)) return;
  await rm(folder, { recursive: true, force: true });
  log('PITR_DAYS is 0: the history of the database was removed.');
}

/** What makes Postgres keep its changes. `basic_archive` comes with it and needs no shell. */
export const keepChanges = ({ changes }: History): Record<string, string> => ({
  archive_mode: 'on',
  archive_library: 'basic_archive',
  'basic_archive.archive_directory': changes,
  // The running database has the newest changes itself; this only bounds what a lost folder would take along.
  archive_timeout: '1h',
});

/** The finished copies, oldest first. */
export async function listBases({ bases }: History): Promise<Base[]> {
  const names = (await readdir(bases).catch(() => [])).filter((name) => !name.endsWith('.part')).sort();
  const found: Base[] = [];
  for (const name of names) {
    const about = await readFile(join(bases, name, 'base.json'), 'utf8').catch(() => null);
    if (about) found.push({ ...(JSON.parse(about) as Base), name, folder: join(bases, name) });
  }
  return found;
}

/** Where a segment stands among all, whatever timeline it is of. */
export const placeOf = (segment: string): string => segment.slice(8, 24);
export const isSegment = (name: string): boolean => /^[0-9A-F]{24}(\.zst)?$/.test(name);
