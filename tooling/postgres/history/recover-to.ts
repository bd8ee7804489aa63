import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, copyFile, lchown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createZstdDecompress, zstdDecompress } from 'node:zlib';
import postgres from 'postgres';
import { bootCluster, type Cluster, runSingleUser } from '../cluster.ts';
import { freePort } from '../free-port.ts';
import { healLeftover } from '../heal-leftover.ts';
import { binariesFor } from '../locate-binaries.ts';
import { placeCluster } from '../place-cluster.ts';
import { SHARED_FOLDER, serverAccount, settleOwner } from '../server-account.ts';
import { type Base, type History, historyOf, isSegment, listBases, placeOf } from './history-folder.ts';

export type Recovered = {
  /** The last change that is in it. */
  lastChange: Date | null;
  /** Where the folder as it was is kept. */
  putAside: string;
};

export type RecoverOptions = {
  dataDir: string;
  password: string;
  at: Date;
  /** Looks at what came out before it takes the place of the old; throws if that must not be. */
  check: (url: string) => Promise<void>;
  log: (line: string) => void;
  now?: Date;
};

/**
 * Builds the database as it was at a moment, in a folder beside the old one, from a copy and the changes since. When it was
 * checked, the two change places. Nobody else may use `dataDir` meanwhile.
 * @throws Error with a sentence for the person at the terminal.
 */
export async function recoverTo(options: RecoverOptions): Promise<Recovered> {
  const { dataDir, password, at, log, now = new Date() } = options;
  const account = serverAccount();
  const place = await placeCluster(dataDir, account);
  const old = join(place.folder, 'postgres');
  const history = historyOf(old);
  const base = await chooseBase(history, at, now);
  const owner = existsSync(old) ? await settleOwner(old, account) : account;
  if (existsSync(old)) await healLeftover(old, log);

  const cluster: Cluster = {
    data: join(place.folder, 'postgres.recovering'),
    binaries: await binariesFor(account, SHARED_FOLDER),
    account: owner,
    logFile: join(place.folder, 'postgres-recovering.log'),
  };
  try {
    log('Unpacking the copy');
    await unpack(base, cluster.data);
    await layChanges(history, base, join(old, 'pg_wal'), join(cluster.data, 'pg_wal'));
    await own(cluster);
    log('Repeating the changes since');
    const lastChange = await replay(cluster, at, password, options.check);
    await noteTimelines(cluster.data, history);
    const putAside = `${old}.before-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`;
    if (existsSync(old)) await rename(old, putAside);
    await rename(cluster.data, old);
    return { lastChange, putAside };
  } catch (error) {
    await rm(cluster.data, { recursive: true, force: true });
    throw error;
  }
}

async function chooseBase(history: History, at: Date, now: Date): Promise<Base> {
  if (at > now) throw new Error(`${at.toISOString()} is in the future.`);
  const bases = await listBases(history);
  const base = bases.findLast(({ stoppedAt }) => Date.parse(stoppedAt) <= at.getTime());
  if (base) return base;
  const first = bases[0]?.stoppedAt;
  throw new Error(
    first
      ? `The history begins at ${first}, which is after ${at.toISOString()}. Choose a later moment, or a daily backup.`
      : `There is no history of the database in ${history.folder} yet: it begins some minutes after a start, with PITR_DAYS above 0.`,
  );
}

async function unpack(base: Base, data: string): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { mode: 0o700 });
  for (const directory of base.directories) await mkdir(join(data, directory), { recursive: true, mode: 0o700 });
  const source = join(base.folder, 'data');
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const packed = join(entry.parentPath, entry.name);
    await unpackFile(packed, join(data, packed.slice(source.length + 1, -'.zst'.length)));
  }
  await copyFile(join(base.folder, 'backup_label'), join(data, 'backup_label'));
  await writeFile(join(data, 'recovery.signal'), '');
}

const unpacked = promisify(zstdDecompress);
const SMALL = 1e6;

async function unpackFile(from: string, to: string): Promise<void> {
  if ((await stat(from)).size > SMALL) {
    return pipeline(createReadStream(from), createZstdDecompress(), createWriteStream(to, { mode: 0o600 }));
  }
  await writeFile(to, await unpacked(await readFile(from)), { mode: 0o600 });
}

/** Everything since the copy: what was put away, and what the old folder still had to itself. */
async function layChanges({ changes }: History, base: Base, ownChanges: string, to: string): Promise<void> {
  for (const name of await readdir(changes)) {
    const packed = name.endsWith('.zst');
    const target = join(to, packed ? name.slice(0, -4) : name);
    if (name.endsWith('.history')) await copyFile(join(changes, name), target);
    else if (isSegment(name) && placeOf(name) >= placeOf(base.firstSegment)) {
      await (packed ? unpackFile(join(changes, name), target) : copyFile(join(changes, name), target));
    }
  }
  for (const name of await readdir(ownChanges).catch(() => [])) {
    const isWanted = isSegment(name) && placeOf(name) >= placeOf(base.firstSegment);
    if (name.endsWith('.history') || (isWanted && (await isBegun(join(ownChanges, name))))) {
      await copyFile(join(ownChanges, name), join(to, name));
    }
  }
}

/** Postgres keeps used segments under the names of coming ones; in those, the first page tells another place. */
async function isBegun(segment: string): Promise<boolean> {
  const file = await open(segment, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const size = BigInt((await file.stat()).size);
    const place = basename(segment).slice(8);
    const start = BigInt(`0x${place.slice(0, 8)}`) * 2n ** 32n + BigInt(`0x${place.slice(8)}`) * size;
    return buffer.readBigUInt64LE(8) === start;
  } finally {
    await file.close();
  }
}

async function own({ data, account }: Cluster): Promise<void> {
  await chmod(data, 0o700);
  if (!account) return;
  for (const file of ['', ...(await readdir(data, { recursive: true }))]) {
    await lchown(join(data, file), account.uid, account.gid);
  }
}

async function replay(
  cluster: Cluster,
  at: Date,
  password: string,
  check: RecoverOptions['check'],
): Promise<Date | null> {
  const port = await freePort();
  const address = `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const settings = {
    recovery_target_timeline: 'latest',
    recovery_target_action: 'promote',
    // All changes lie in the folder's own place already.
    restore_command: 'exit 1',
    // With it, the server calls itself ready while it still repeats changes.
    hot_standby: 'off',
  };
  const until = { ...settings, recovery_target_time: at.toISOString().replace('Z', '+00') };
  let server = await bootCluster(cluster, port, until).catch((error: Error) => {
    // Nothing was changed after that moment: then everything there is belongs to it.
    if (!error.message.includes('recovery ended before configured recovery target')) throw error;
    return bootCluster(cluster, port, settings);
  });
  try {
    if (!(await isPasswordRight(`${address}/postgres`))) {
      await server.stop();
      await runSingleUser(cluster, `alter role postgres password '${password.replaceAll("'", "''")}'`);
      server = await bootCluster(cluster, port);
    }
    await check(`${address}/remixify`);
    return await lastChangeOf(`${address}/postgres`);
  } finally {
    await server.stop();
  }
}

async function isPasswordRight(url: string): Promise<boolean> {
  return lastChangeOf(url).then(
    () => true,
    (error: { code?: string }) => {
      if (error.code === '28P01') return false;
      throw error;
    },
  );
}

async function lastChangeOf(url: string): Promise<Date | null> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ at: Date | null }[]>`select pg_last_xact_replay_timestamp() as at`;
    return row!.at;
  } finally {
    await sql.end();
  }
}

/** A recovered database goes on upon a branch of its own. Later recoveries must know where it left the old one. */
async function noteTimelines(data: string, { changes }: History): Promise<void> {
  const branches = (await readdir(join(data, 'pg_wal'))).filter((name) => name.endsWith('.history'));
  for (const name of branches) await copyFile(join(data, 'pg_wal', name), join(changes, name));
}

/** The folders that recoveries put aside, which a person may remove. */
export async function putAsideOf(data: string): Promise<string[]> {
  return (await readdir(dirname(data))).filter((name) => name.startsWith('postgres.before-'));
}
