import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createZstdCompress, zstdCompress } from 'node:zlib';
import postgres from 'postgres';
import type { Base, History } from './history-folder.ts';

/** Made anew by every start, or of no use to another one. */
const EMPTY = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//;
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label.*|recovery\.signal|standby\.signal)$|(^|\/)(pgsql_tmp|pg_internal\.init)/;
const AT_ONCE = 4;
/** Most files are tiny, and a stream for each costs more than they do. */
const SMALL = 4e6;
const packed = promisify(zstdCompress);

/** Copies the folder of a running database, compressed. What changes meanwhile is mended by the changes that are kept. */
export async function takeBase(url: string, data: string, { bases }: History, now = new Date()): Promise<Base> {
  for (const name of await readdir(bases)) {
    if (name.endsWith('.part')) await rm(join(bases, name), { recursive: true, force: true });
  }
  const name = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const draft = join(bases, `${name}.part`);
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'history' } });
  try {
    // One session from start to stop: if it ends, so does the copying.
    const [start] = await sql<{ segment: string; timeline: number }[]>`
      with begun as (select pg_backup_start('remixify', fast => true) as lsn)
      select pg_walfile_name(lsn) as segment,
        ('x' || substr(pg_walfile_name(lsn), 1, 8))::bit(32)::int as timeline from begun`;
    const { directories, bytes } = await copyFolder(data, join(draft, 'data'));
    const [stop] = await sql<{ label: string; at: string }[]>`
      select labelfile as label, clock_timestamp()::text as at from pg_backup_stop(wait_for_archive => true)`;
    await writeFile(join(draft, 'backup_label'), stop!.label, { mode: 0o600 });
    const base: Base = {
      name,
      folder: join(bases, name),
      startedAt: now.toISOString(),
      stoppedAt: new Date(stop!.at).toISOString(),
      timeline: start!.timeline,
      firstSegment: start!.segment,
      directories,
      bytes,
    };
    await writeFile(join(draft, 'base.json'), JSON.stringify(base), { mode: 0o600, flush: true });
    await rename(draft, base.folder);
    return base;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function copyFolder(from: string, to: string): Promise<{ directories: string[]; bytes: number }> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const directories: string[] = [];
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
      .slice(from.length + 1)
      .replaceAll('\\', '/');
    if (entry.isDirectory()) directories.push(path);
    else if (entry.isFile() && !EMPTY.test(path) && !LEFT_OUT.test(path)) files.push(path);
  }
  directories.sort();
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const directory of directories) await mkdir(join(to, directory), { recursive: true, mode: 0o700 });
  let bytes = 0;
  const copyNext = async (): Promise<void> => {
    for (let file = files.pop(); file; file = files.pop()) {
      const target = join(to, `${file}.zst`);
      const source = join(from, file);
      try {
        const size = await pack(source, target);
        bytes += size;
      } catch (error) {
        // Removed while we copied: its end is among the changes.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        await rm(target, { force: true });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, copyNext));
  return { directories: directories.filter((directory) => dirname(directory) !== 'pg_replslot'), bytes };
}

async function pack(source: string, target: string): Promise<number> {
  if ((await stat(source)).size <= SMALL) {
    const body = await packed(await readFile(source));
    await writeFile(target, body, { mode: 0o600 });
    return body.length;
  }
  await pipeline(createReadStream(source), createZstdCompress(), createWriteStream(target, { mode: 0o600 }));
  return (await stat(target)).size;
}
