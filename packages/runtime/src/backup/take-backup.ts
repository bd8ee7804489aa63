import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ObjectStore } from '@repo/storage';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { freshName, knownObjects, requireRoom } from './backup-folder.ts';
import { BACKUP_FORMAT, BackupProblem, type Manifest } from './manifest.ts';
import { objectLines } from './object-pool.ts';
import { copyOut, listTables, SCHEMAS } from './tables.ts';
import { verifyBackup } from './verify-backup.ts';
import { type CreateFile, createPrivateFile, flushFolder, writeCompressed } from './write-file.ts';

/** Any number, as long as nobody else in the database locks it. */
const BACKUP_LOCK = 727_318_905;
/** What compressing leaves of rows, at worst, and the list of objects. */
const PACKED_SHARE = 0.5;

export type BackupOptions = {
  databaseUrl: string;
  store: ObjectStore;
  /** The folder that holds all backups. */
  backups: string;
  kind: 'daily' | 'manual';
  /** True: the objects' bytes too, not only the list of them. */
  copyObjects: boolean;
  /** The file with the installation's secrets, to lay it beside the rest. */
  secretsFile?: string | undefined;
  appVersion: string;
  now: () => Date;
  createFile?: CreateFile;
};

/** The rows that come in at the moment. */
type Reading = { rows: Readable | null };

export type Taken = { name: string; folder: string; manifest: Manifest };

/**
 * Writes everything the database holds at one moment, and the objects, into a folder of its own. It has its name only
 * when it is whole and was read back. The product may run meanwhile.
 * @throws BackupProblem with a sentence for the person at the terminal.
 */
export async function takeBackup(options: BackupOptions): Promise<Taken> {
  const { databaseUrl, backups, now } = options;
  const reading: Reading = { rows: null };
  const sql = postgres(databaseUrl, {
    max: 2,
    onnotice: () => {},
    connection: { application_name: 'backup' },
    // Rows under way would be waited for for ever.
    onclose: () => reading.rows?.destroy(new BackupProblem('The database went away while it was being read.')),
  });
  try {
    const held = await sql.reserve();
    try {
      const [lock] = await held<{ got: boolean }[]>`select pg_try_advisory_lock(${BACKUP_LOCK}) as got`;
      if (!lock!.got) throw new BackupProblem('Another backup of this database is being taken right now.');
      return await recorded(sql, options, now(), () => writeBackup(sql, options, reading));
    } finally {
      // Ending the session gives the lock back as well.
      held.release();
    }
  } catch (error) {
    if (isFull(error)) throw new BackupProblem(`The disk of ${backups} is full. The unfinished backup was removed.`);
    throw error;
  } finally {
    await sql.end();
  }
}

async function writeBackup(sql: Sql, options: BackupOptions, reading: Reading): Promise<Taken> {
  const { backups, now, secretsFile } = options;
  await requireRoom(backups, await likelyBytes(sql));
  for (const name of await readdir(backups)) {
    if (name.endsWith('.part')) await rm(join(backups, name), { recursive: true, force: true });
  }
  const startedAt = now();
  const name = freshName(backups, startedAt);
  const draft = join(backups, `${name}.part`);
  try {
    await mkdir(join(draft, 'tables'), { recursive: true, mode: 0o700 });
    const rows = await sql.begin('isolation level repeatable read read only', (tx) =>
      writeTables(tx, draft, options, reading),
    );
    // After the rows: an object is always stored before a row names it.
    const objects = await writeObjects(draft, options);
    if (secretsFile) await copyFile(secretsFile, join(draft, 'secrets.json'));
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      appVersion: options.appVersion,
      ...rows,
      objects,
      startedAt: startedAt.toISOString(),
      finishedAt: now().toISOString(),
      hasSecrets: secretsFile !== undefined,
    };
    await writeFile(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await verifyBackup(draft, manifest, backups);
    await flushFolder(draft);
    await rename(draft, join(backups, name));
    await flushFolder(backups);
    return { name, folder: join(backups, name), manifest };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function writeTables(
  tx: TransactionSql,
  draft: string,
  { createFile = createPrivateFile }: BackupOptions,
  reading: Reading,
) {
  // A role that row security binds would leave rows out and not say so.
  await tx`set local row_security = off`;
  const [server] = await tx<{ version: string }[]>`select current_setting('server_version') as version`;
  const [migration] = await tx<{ when: string; hash: string; count: number }[]>`
    select created_at as "when", hash, (select count(*)::int from drizzle.__drizzle_migrations) as count
    from drizzle.__drizzle_migrations order by created_at desc limit 1`;
  if (!migration) throw new BackupProblem('This database holds nothing of Remixify yet: "npm start" prepares it.');
  const sequences = await tx<Manifest['sequences']>`
    select schemaname as schema, sequencename as name, last_value::text as last
    from pg_sequences where schemaname = any(${SCHEMAS}) and last_value is not null order by 1, 2`;
  const tables: Manifest['tables'] = [];
  for (const table of await listTables(tx)) {
    const file = `tables/${table.schema}.${table.name}.copy.zst`;
    reading.rows = await copyOut(tx, table);
    const { lines, bytes, sha256 } = await writeCompressed(join(draft, file), reading.rows, createFile);
    reading.rows = null;
    tables.push({ ...table, rows: lines, file, bytes, sha256 });
  }
  return {
    serverVersion: server!.version,
    migration: { ...migration, when: Number(migration.when) },
    sequences: [...sequences],
    tables,
  };
}

async function writeObjects(draft: string, options: BackupOptions): Promise<Manifest['objects']> {
  const { backups, store, copyObjects, createFile = createPrivateFile } = options;
  const file = 'objects.jsonl.zst';
  let [count, totalBytes, unchecked] = [0, 0, 0];
  const lines = objectLines(store, {
    copyTo: copyObjects ? backups : null,
    before: copyObjects ? await knownObjects(backups) : new Map(),
    onObject: (line) => {
      count++;
      totalBytes += line.bytes;
      unchecked += line.bytes;
    },
  });
  async function* watched() {
    for await (const line of lines) {
      yield line;
      if (unchecked < 50e6) continue;
      unchecked = 0;
      await requireRoom(backups, 50e6);
    }
  }
  const { bytes, sha256 } = await writeCompressed(join(draft, file), watched(), createFile);
  return { count, totalBytes, areCopied: copyObjects, file, bytes, sha256 };
}

/** Notes how it went, so that a backup that is too old or failed can be seen from outside. */
async function recorded(sql: Sql, { kind, now }: BackupOptions, startedAt: Date, work: () => Promise<Taken>) {
  const note = async (row: object) => {
    const all = { kind, started_at: startedAt, finished_at: now(), ...row };
    // A database of before this table has no place for it.
    await sql`insert into backup_run ${sql(all)}`.catch(() => {});
  };
  try {
    const taken = await work();
    const { tables, objects } = taken.manifest;
    await note({
      folder: taken.folder,
      bytes: await bytesIn(taken.folder),
      row_count: tables.reduce((sum, { rows }) => sum + rows, 0),
      object_count: objects.count,
    });
    return taken;
  } catch (error) {
    await note({ folder: '', problem: error instanceof Error ? error.message.slice(0, 500) : 'unknown' });
    throw error;
  }
}

async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder, { recursive: true })) sum += (await stat(join(folder, name))).size;
  return sum;
}

async function likelyBytes(sql: Sql): Promise<number> {
  const [row] = await sql<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`;
  return Number(row!.bytes) * PACKED_SHARE;
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code));
