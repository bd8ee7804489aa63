import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDb, remixes, transactAs } from '@repo/db';
import { publishRemix } from '@repo/domain/remixes/publish-remix';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { aWorld, type World } from '@repo/domain/testing';
import { aDiskStore } from '@repo/storage/testing';
import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { restoreBackup, takeBackup } from '../src/backup/index.server.ts';
import type { CreateFile } from '../src/backup/write-file.ts';

export const press = (adId: string) =>
  ({ adId, prompt: 'make it a snowy night', model: 'auto', idempotencyKey: randomUUID() }) as const;

/** A disk on which nothing fits any more: the kernel's own. */
export const onFullDisk: CreateFile = () => createWriteStream('/dev/full');

/** A world with an ad, a published remix and its files, a folder for backups, and what takes and restores them. */
export async function aBackupHouse() {
  const world = await aWorld();
  const backups = await mkdtemp(join(tmpdir(), 'remixify-backups-'));
  const ad = await world.anAd();
  const person = await world.aPerson();
  const { remixId } = await requestRemix(person, press(ad.id));
  const [row] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select({ id: remixes.generationId }).from(remixes).where(eq(remixes.id, remixId)),
  );
  await world.advance(row!.id);
  await publishRemix(person, remixId);
  const cleanUps: (() => Promise<unknown>)[] = [];
  const admin = postgres(onDatabase(world.url, 'postgres'), { max: 1, onnotice: () => {} });

  return {
    world,
    backups,
    ad,
    person,
    remixId,
    admin,
    take: (changes: Partial<Parameters<typeof takeBackup>[0]> = {}) =>
      takeBackup({
        databaseUrl: world.url,
        store: world.tools.store,
        backups,
        kind: 'manual',
        copyObjects: true,
        appVersion: '1.2.3',
        now: () => new Date(),
        ...changes,
      }),
    /** Restores into a database that is not there yet (or `databaseUrl`) and an empty store. */
    async restore(folder: string, changes: Partial<Parameters<typeof restoreBackup>[0]> = {}) {
      const databaseUrl = onDatabase(world.url, `test_${randomUUID().replaceAll('-', '')}`);
      const disk = await aDiskStore();
      cleanUps.push(disk.stop);
      const options = { folder, databaseUrl, store: disk.store, replace: false, inPlace: false, ...changes };
      const restored = await restoreBackup({ now: () => new Date(), log: () => {}, ...options });
      const db = createDb(options.databaseUrl, { max: 4 });
      cleanUps.push(() => db.close());
      return { ...restored, databaseUrl: options.databaseUrl, db, store: options.store };
    },
    async close() {
      for (const cleanUp of cleanUps.reverse()) await cleanUp();
      await admin.end();
      await world.close();
      await rm(backups, { recursive: true, force: true });
    },
  };
}
export type BackupHouse = Awaited<ReturnType<typeof aBackupHouse>>;
export type { World };

export function onDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** A sum of every row of every table that both databases must agree on. */
export async function tableSums(url: string): Promise<Record<string, string>> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('public', 'drizzle', 'pgboss') and c.relname <> 'backup_run' order by 1`;
    const sums: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await sql.unsafe(
        `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '' order by t::text), '')) as sum from ${name} t`,
      );
      sums[name] = row!['sum'] as string;
    }
    return sums;
  } finally {
    await sql.end();
  }
}
