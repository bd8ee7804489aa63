import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number, as long as nobody else in the database locks it. */
const MIGRATION_LOCK = 727_318_904;

/** The folder of SQL files, found upwards so that a bundle finds it too. */
function migrationsFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'drizzle', 'meta', '_journal.json'))) return join(folder, 'drizzle');
  }
  throw new Error('The folder "drizzle" with the migrations is missing.');
}

/** Brings the database to the newest schema. Processes that start together take turns. Wants a direct connection. */
export async function migrate(url: string, folder = migrationsFolder()): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    const [server] = await client<{ version: number; text: string }[]>`
      select current_setting('server_version_num')::int as version, current_setting('server_version') as text`;
    if (server!.version < 180_000) {
      throw new Error(`Remixify needs PostgreSQL 18 or newer; DATABASE_URL leads to ${server!.text}.`);
    }
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    try {
      await runMigrations(drizzle(client), { migrationsFolder: folder });
    } finally {
      await client`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    }
  } finally {
    await client.end();
  }
}

/** The migrations that this version knows, oldest first. `when` is the number a database remembers each by. */
export function knownMigrations(folder = migrationsFolder()): { when: number; hash: string }[] {
  return readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis, hash }) => ({
    when: folderMillis,
    hash,
  }));
}

/** Brings an empty database to the schema it had when the migration of `when` was its newest. */
export async function migrateUpTo(url: string, when: number, folder = migrationsFolder()): Promise<void> {
  type Journal = { entries: { when: number }[] };
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
  const part = await mkdtemp(join(tmpdir(), 'remixify-migrations-'));
  try {
    await cp(folder, part, { recursive: true });
    const entries = journal.entries.filter((entry) => entry.when <= when);
    await writeFile(join(part, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    await migrate(url, part);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
