import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
