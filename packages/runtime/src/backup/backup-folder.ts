import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { BackupProblem, type Manifest, type ObjectLine, readManifest } from './manifest.ts';
import { readObjectLines, sweepPool } from './object-pool.ts';

const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(-\d+)?$/;
const DAY_MS = 24 * 3600 * 1000;

/** What stays free whatever happens: the database must be able to go on. */
const RESERVE_MOST = 5e9;
const RESERVE_LEAST = 256e6;

export type Kept = { name: string; folder: string; startedAt: Date };

/** The finished backups of a folder, oldest first. What a crash left half has another name and is no part of it. */
export async function listBackups(backups: string): Promise<Kept[]> {
  const names = (await readdir(backups).catch(() => [])).filter((name) => NAME.test(name)).sort();
  return names
    .map((name) => ({ name, folder: join(backups, name), startedAt: timeOf(name) }))
    .sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
}

/** `2026-11-30T03-00-00Z`, and `-2` behind it for a second one of the same second. */
export function freshName(backups: string, at: Date): string {
  const stem = `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? stem : `${stem}-${count}`;
    if (!existsSync(join(backups, name))) return name;
  }
}

function timeOf(name: string): Date {
  const [day, time] = name.split('T') as [string, string];
  return new Date(`${day}T${time.slice(0, 8).replaceAll('-', ':')}Z`);
}

/** The backup that a person named, by name or as a folder; the newest without a name. */
export async function findBackup(backups: string, wanted?: string): Promise<{ folder: string; manifest: Manifest }> {
  const all = await listBackups(backups);
  if (!wanted) {
    const newest = all.at(-1);
    if (!newest) throw new BackupProblem(`There is no backup in ${backups}. "npm run backup" makes one.`);
    return { folder: newest.folder, manifest: await readManifest(newest.folder) };
  }
  const folder = all.find(({ name }) => name === wanted)?.folder ?? (isAbsolute(wanted) ? wanted : resolve(wanted));
  if (!existsSync(folder)) {
    const names = all.map(({ name }) => name).join(', ') || 'none';
    throw new BackupProblem(`There is no backup "${wanted}". In ${backups} are: ${names}.`);
  }
  return { folder, manifest: await readManifest(folder) };
}

/** Where the shared copies of a backup's objects lie: beside it. */
export const poolOf = (folder: string): string => join(folder, '..');

/** Removes what is older than `keepDays`, but never the newest, and the copies that only those had. */
export async function pruneBackups(backups: string, keepDays: number, now: Date): Promise<string[]> {
  const all = await listBackups(backups);
  const old = all.slice(0, -1).filter(({ startedAt }) => now.getTime() - startedAt.getTime() > keepDays * DAY_MS);
  for (const { folder } of old) await rm(folder, { recursive: true, force: true });
  if (old.length > 0) await sweepPool(backups, await checksumsInUse(backups));
  return old.map(({ name }) => name);
}

async function checksumsInUse(backups: string): Promise<Set<string>> {
  const inUse = new Set<string>();
  for (const { folder } of await listBackups(backups)) {
    for await (const { sha256 } of readObjectLines(folder, await readManifest(folder))) if (sha256) inUse.add(sha256);
  }
  return inUse;
}

/** What the newest backup knew of each object, so that only new ones are read. */
export async function knownObjects(backups: string): Promise<Map<string, ObjectLine>> {
  const known = new Map<string, ObjectLine>();
  const newest = (await listBackups(backups)).at(-1);
  if (!newest) return known;
  try {
    const manifest = await readManifest(newest.folder);
    for await (const line of readObjectLines(newest.folder, manifest)) known.set(line.key, line);
  } catch {
    // A damaged one teaches nothing; then everything is read.
    known.clear();
  }
  return known;
}

/** @throws BackupProblem where writing `bytes` could fill the disk. */
export async function requireRoom(backups: string, bytes: number): Promise<void> {
  await mkdir(backups, { recursive: true, mode: 0o700 });
  const { bavail, bsize, blocks } = await statfs(backups);
  const free = bavail * bsize;
  const reserve = Math.max(RESERVE_LEAST, Math.min(RESERVE_MOST, blocks * bsize * 0.05));
  if (free - bytes >= reserve) return;
  throw new BackupProblem(
    `There is too little room for a backup in ${backups}: ${mega(free)} free, ${mega(bytes + reserve)} wanted ` +
      '(what it may need, and a reserve). Free some, set BACKUP_DIR to another disk, or lower BACKUP_KEEP_DAYS.',
  );
}

const mega = (bytes: number) => `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`;
