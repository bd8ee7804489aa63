import { setTimeout as wait } from 'node:timers/promises';
import type { ObjectStore } from '@repo/storage';
import postgres, { type Sql } from 'postgres';
import { poolOf } from './backup-folder.ts';
import { clearSchemas, isEmptyDatabase, type Loaded, loadBackup, requireKnownMigration } from './load-backup.ts';
import { BackupProblem, readManifest } from './manifest.ts';
import { type ObjectsRestored, readObjectLines, restoreObjects } from './object-pool.ts';
import { quoted } from './tables.ts';
import { verifyBackup } from './verify-backup.ts';

export type RestoreOptions = {
  folder: string;
  /** The database that is to hold what the backup holds. */
  databaseUrl: string;
  store: ObjectStore;
  /** True: one that holds something is put aside under another name first. Otherwise it is refused. */
  replace: boolean;
  /** True: fill this very database, which must be empty, and make no other. */
  inPlace: boolean;
  now: () => Date;
  log: (line: string) => void;
};

export type Restored = Loaded & { objects: ObjectsRestored; putAside: string | null };

/**
 * Restores into a database beside the wanted one, and exchanges the two names when all is there and checked: a restore that
 * breaks off changes nothing.
 * @throws BackupProblem with a sentence for the person at the terminal.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { folder, databaseUrl, store, log } = options;
  const manifest = await readManifest(folder);
  requireKnownMigration(manifest);
  log('Checking the backup');
  await verifyBackup(folder, manifest, poolOf(folder));
  await requireNobodyThere(databaseUrl);
  await requireEmpty(options);
  const files = () => restoreObjects(store, poolOf(folder), readObjectLines(folder, manifest));
  if (options.inPlace) {
    await within(databaseUrl, clearSchemas);
    const loaded = await loadBackup(databaseUrl, folder, manifest, log);
    return { ...loaded, objects: await files(), putAside: null };
  }
  return beside(options, async (besideUrl) => ({
    ...(await loadBackup(besideUrl, folder, manifest, log)),
    objects: await files(),
  }));
}

async function beside(options: RestoreOptions, fill: (url: string) => Promise<Omit<Restored, 'putAside'>>) {
  const wanted = databaseOf(options.databaseUrl);
  const draft = `${wanted}_restoring`;
  return within(onDatabase(options.databaseUrl, 'postgres'), async (admin) => {
    // One that an earlier restore left behind when it was killed.
    await admin.unsafe(`drop database if exists ${quoted(draft)} with (force)`);
    await admin.unsafe(`create database ${quoted(draft)} template template0`).catch((error: unknown) => {
      throw new BackupProblem(
        `The user of DATABASE_URL may not make a database to restore into (${(error as Error).message}). ` +
          'Make an empty one and name it: npm run restore -- --into postgres://...',
      );
    });
    try {
      const restored = await fill(onDatabase(options.databaseUrl, draft));
      await requireNobodyThere(options.databaseUrl);
      const putAside = await exchange(admin, wanted, draft, options.now());
      return { ...restored, putAside };
    } catch (error) {
      await admin.unsafe(`drop database if exists ${quoted(draft)} with (force)`);
      throw error;
    }
  });
}

/** Both names change in one transaction, or neither does. */
async function exchange(admin: Sql, wanted: string, draft: string, now: Date): Promise<string | null> {
  const [there] = await admin`select from pg_database where datname = ${wanted}`;
  const aside = `${wanted}_before_${now.toISOString().slice(0, 19).replace(/\D/g, '')}`;
  // Sessions that have ended are still seen for a moment.
  for (let tries = 1; ; tries++) {
    try {
      await admin.begin(async (tx) => {
        if (there) await tx.unsafe(`alter database ${quoted(wanted)} rename to ${quoted(aside)}`);
        await tx.unsafe(`alter database ${quoted(draft)} rename to ${quoted(wanted)}`);
      });
      break;
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || tries === 20) throw error;
      await wait(100);
    }
  }
  return there ? aside : null;
}

async function requireEmpty({ databaseUrl, replace, inPlace }: RestoreOptions): Promise<void> {
  if (replace && !inPlace) return;
  const isEmpty = await within(databaseUrl, isEmptyDatabase).catch((error: unknown) => {
    if ((error as { code?: string }).code === '3D000' && !inPlace) return true;
    throw error;
  });
  if (isEmpty) return;
  throw new BackupProblem(
    inPlace
      ? `The database ${databaseOf(databaseUrl)} is not empty, and --into wants an empty one.`
      : 'The database is not empty, so nothing was changed. To put it aside (it is kept under another name) and restore: ' +
          'npm run restore -- --replace',
  );
}

async function requireNobodyThere(databaseUrl: string): Promise<void> {
  const others = await within(
    onDatabase(databaseUrl, 'postgres'),
    (sql) => sql`select distinct application_name as name from pg_stat_activity
      where datname = ${databaseOf(databaseUrl)} and pid <> pg_backend_pid() and backend_type = 'client backend'`,
  ).catch(() => []);
  if (others.length === 0) return;
  throw new BackupProblem(
    'The product is still running on this database. Stop every part of it first; nothing was changed.',
  );
}

async function within<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'restore' } });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}
