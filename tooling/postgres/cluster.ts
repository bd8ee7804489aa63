import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync } from 'node:fs';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './locate-binaries.ts';
import type { Account } from './server-account.ts';

/** A Postgres data folder, the programs that serve it and the user they run as. */
export type Cluster = { data: string; binaries: Binaries; account: Account | undefined; logFile: string };

/** A running Postgres. `ended` settles when its process is gone, for whatever reason. */
export type Server = { pid: number; port: number; ended: Promise<void>; stop: () => Promise<void> };

const SMALL_MACHINE = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  // Parallel plans need /dev/shm, which containers keep small, and gain nothing on two cores.
  max_parallel_workers_per_gather: '0',
  max_wal_size: '512MB',
  min_wal_size: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/** A data folder is whole as soon as it is there: see `initCluster`. */
export const isInitialised = (data: string) => existsSync(data);

/** Makes the data folder beside its place and renames it, so that a half-made one is never taken for a whole one. */
export async function initCluster(cluster: Cluster, password: string, flags: string[] = []): Promise<void> {
  const parent = dirname(cluster.data);
  for (const entry of await readdir(parent)) {
    if (entry.startsWith('postgres.new-')) await rm(join(parent, entry), { recursive: true, force: true });
  }
  const unfinished = join(parent, `postgres.new-${process.pid}`);
  const made = join(unfinished, 'data');
  const passwordFile = join(unfinished, 'password');
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (cluster.account) {
    await chown(unfinished, cluster.account.uid, cluster.account.gid);
    await chown(passwordFile, cluster.account.uid, cluster.account.gid);
  }
  requireName(cluster.account);
  const initdb = (lettersOf: string) =>
    run(cluster, cluster.binaries.initdb, [
      `--pgdata=${made}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same sorting and case rules on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      `--lc-ctype=${lettersOf}`,
      '--no-instructions',
      ...flags,
    ]);
  // pg_trgm asks the machine's own locale what a letter is. A machine without C.UTF-8 finds ASCII words only.
  await initdb('C.UTF-8').catch((problem: Error) => {
    if (!problem.message.includes('locale')) throw problem;
    return initdb('C');
  });
  await rm(passwordFile);
  await rename(made, cluster.data);
  await rm(unfinished, { recursive: true, force: true });
}

/** Starts the server and resolves when it takes connections. `onRecovery` is told if it first repairs itself. */
export async function bootCluster(
  cluster: Cluster,
  port: number,
  settings: Record<string, string> = {},
  onRecovery: () => void = () => {},
): Promise<Server> {
  const args = ['-D', cluster.data, '-p', String(port)];
  for (const [name, value] of Object.entries({ ...SMALL_MACHINE, ...settings })) args.push('-c', `${name}=${value}`);
  const tooLarge = existsSync(cluster.logFile) && statSync(cluster.logFile).size > 10_000_000;
  const log = openSync(cluster.logFile, tooLarge ? 'w' : 'a');
  const logStart = tooLarge ? 0 : statSync(cluster.logFile).size;
  // Detached: a Ctrl-C in the terminal must not reach Postgres, which is stopped last.
  const child = spawn(cluster.binaries.postgres, args, {
    ...processOptions(cluster),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));

  const started = Date.now();
  let isSlow = false;
  while (statusOf(cluster.data, child.pid) !== 'ready') {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      await ended;
      throw new Error(`Postgres did not start.\n${readFileSync(cluster.logFile, 'utf8').slice(logStart).trim()}`);
    }
    if (!isSlow && Date.now() - started > 3000) {
      isSlow = true;
      onRecovery();
    }
    await wait(15);
  }
  return { pid: child.pid as number, port, ended, stop: () => stopServer(child, ended) };
}

/** Runs SQL on a stopped cluster without any password: how a lost password is set anew. */
export async function runSingleUser(cluster: Cluster, statement: string): Promise<void> {
  await run(cluster, cluster.binaries.postgres, ['--single', '-D', cluster.data, 'postgres'], `${statement}\n`);
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    child.kill(signal);
    const patienceOver = new AbortController();
    await Promise.race([ended, wait(patience, undefined, { signal: patienceOver.signal }).catch(() => {})]);
    patienceOver.abort();
  }
}

/** The state Postgres itself writes into its lock file, which is also what pg_ctl waits for. */
function statusOf(data: string, pid: number | undefined): string {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid ? (lines[7] ?? '').trim() : '';
  } catch {
    return '';
  }
}

async function run(cluster: Cluster, program: string, args: string[], input = ''): Promise<void> {
  const child = spawn(program, args, { ...processOptions(cluster), stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  child.stdin.on('error', () => {}).end(input);
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`Postgres could not be set up.\n${output.trim()}`);
}

function processOptions(cluster: Cluster) {
  // PGPORT and its like would quietly change what the server does.
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C' };
  for (const name of Object.keys(env)) if (name.startsWith('PG')) delete env[name];
  return {
    // Postgres must be able to enter the folder it starts in.
    cwd: process.platform === 'win32' ? dirname(cluster.data) : '/',
    env,
    windowsHide: true,
    ...(cluster.account && { uid: cluster.account.uid, gid: cluster.account.gid }),
  };
}

function requireName(account: Account | undefined): void {
  if (account || process.platform === 'win32') return;
  try {
    userInfo();
  } catch {
    throw new Error(
      `The user with the number ${process.getuid?.()} has no name on this machine (no line in /etc/passwd), ` +
        'and Postgres wants one. Add the line, start as another user, or set DATABASE_URL to a Postgres 18.',
    );
  }
}
