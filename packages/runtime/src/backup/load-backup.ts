import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { knownMigrations, migrate, migrateUpTo } from '@repo/db';
import { createQueue } from '@repo/jobs';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { checkRestored } from './check-restored.ts';
import { countPast, freezeXids } from './freeze-xids.ts';
import { BackupProblem, type Manifest } from './manifest.ts';
import { copyIn, listTables, nameOf, quoted, SCHEMAS } from './tables.ts';

export type Loaded = {
  rows: number;
  /** Tables of the queue that this version's queue keeps differently; their jobs are asked for anew by what waits. */
  skipped: string[];
};

/** @throws BackupProblem where a newer or another version of Remixify made it. */
export function requireKnownMigration({ migration, appVersion }: Manifest): void {
  const known = knownMigrations();
  const same = known.find(({ when }) => when === migration.when);
  if (same?.hash === migration.hash) return;
  throw new BackupProblem(
    same || migration.when < known.at(-1)!.when
      ? `This backup was made by a Remixify ${appVersion} whose migrations are not those of this one. Restore it there.`
      : `This backup was made by a newer Remixify (${appVersion}). Update this one first, then restore.`,
  );
}

/**
 * Fills an empty database: the schema as it was then, all rows in one transaction, checked; then the schema as it is now.
 * Whatever goes wrong, no row of it is there.
 */
export async function loadBackup(
  url: string,
  folder: string,
  manifest: Manifest,
  log = (_: string) => {},
): Promise<Loaded> {
  requireKnownMigration(manifest);
  await migrateUpTo(url, manifest.migration.when);
  await installQueue(url);
  const sql = postgres(url, { max: 2, onnotice: () => {}, connection: { application_name: 'restore' } });
  try {
    const { loaded, highest } = await sql.begin((tx) => loadRows(tx, folder, manifest, log));
    if (highest !== null) await countPast(sql, highest);
    log('Gathering statistics');
    await sql`analyze`;
    await migrate(url);
    return loaded;
  } finally {
    await sql.end();
  }
}

async function loadRows(tx: TransactionSql, folder: string, manifest: Manifest, log: (line: string) => void) {
  await withoutTriggers(tx);
  const here = new Map((await listTables(tx)).map((table) => [nameOf(table), table]));
  await tx.unsafe(`truncate ${[...here.keys()].join(', ')}`);
  const skipped = new Set<string>();
  let rows = 0;
  for (const table of manifest.tables) {
    const columns = here.get(nameOf(table))?.columns ?? [];
    const fits = table.columns.every((column) => columns.includes(column));
    if (!fits && table.schema === 'pgboss') {
      skipped.add(nameOf(table));
      continue;
    }
    if (!fits) throw new BackupProblem(`This version has no place for ${nameOf(table)} as the backup holds it.`);
    // An empty copy costs as long as a small one.
    if (table.rows === 0) continue;
    log(`${nameOf(table)}: ${table.rows.toLocaleString('en')} rows`);
    const unpacked = createReadStream(join(folder, table.file));
    await pipeline(unpacked, createZstdDecompress(), await copyIn(tx, table));
    rows += table.rows;
  }
  for (const { schema, name, last } of manifest.sequences) {
    await tx`select setval(to_regclass(${`${quoted(schema)}.${quoted(name)}`}), ${last}::bigint)
             where to_regclass(${`${quoted(schema)}.${quoted(name)}`}) is not null`;
  }
  const highest = await freezeXids(tx);
  log('Checking references and books');
  await checkRestored(tx, manifest, skipped);
  return { loaded: { rows, skipped: [...skipped] }, highest };
}

/** Rows come in the order of their tables' names: neither references nor triggers may look at them one by one. */
async function withoutTriggers(tx: TransactionSql): Promise<void> {
  try {
    await tx`set local session_replication_role = replica`;
  } catch {
    throw new BackupProblem(
      'The database user of DATABASE_URL may not switch triggers off, which a restore must. As its administrator, run: ' +
        'grant set on parameter session_replication_role to <user>',
    );
  }
}

/** The queue makes its own tables. */
async function installQueue(url: string): Promise<void> {
  const queue = createQueue({ url, catalog: [], onError: () => {}, applicationName: 'restore' });
  try {
    await queue.start();
  } finally {
    await queue.stop();
  }
}

/** True where nobody has an account yet: a fresh database, migrated or not, or one that a broken restore left. */
export async function isEmptyDatabase(sql: Sql): Promise<boolean> {
  const [found] = await sql<{ is_there: boolean }[]>`select to_regclass('public.user') is not null as is_there`;
  if (!found!.is_there) {
    const others = await sql`select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' limit 1`;
    return others.length === 0;
  }
  return (await sql`select from "user" limit 1`).length === 0;
}

/** Takes away what an empty database may hold already: a schema of another version, or half of one. */
export async function clearSchemas(sql: Sql): Promise<void> {
  for (const schema of SCHEMAS) await sql.unsafe(`drop schema if exists ${quoted(schema)} cascade`);
  await sql`create schema public`;
}
