import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { binariesFor } from '../postgres/locate-binaries.ts';
import { startPostgres } from '../postgres/start-postgres.ts';

const cleanUps: (() => unknown)[] = [];
const afterFile: (() => unknown)[] = [];
afterAll(() => {
  for (const cleanUp of afterFile) cleanUp();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function aDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'remixify-postgres-'));
  // The user that runs Postgres must be able to enter; tests of the contrary close it again.
  chmodSync(folder, 0o755);
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** As a first start leaves it, with the password `a-password`: setting up takes longer than everything after it. */
let made: Promise<string> | undefined;
async function aMadeDataDir(): Promise<string> {
  made ??= makeDataDir();
  const dataDir = aDataDir();
  cpSync(await made, dataDir, { recursive: true });
  return dataDir;
}

async function makeDataDir(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'remixify-postgres-'));
  afterFile.push(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const server = await startPostgres({ dataDir: folder, password: 'a-password', historyDays: 0, log: () => {} });
  await server.stop();
  return folder;
}

async function start(dataDir: string, password = 'a-password', log: string[] = []) {
  const server = await startPostgres({ dataDir, password, historyDays: 0, log: (line) => log.push(line) });
  cleanUps.push(server.stop);
  return server;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await client.unsafe(statement);
    return row && Object.values(row)[0];
  } finally {
    await client.end();
  }
}

const lockFile = (server: { folder: string }) => join(server.folder, 'postmaster.pid');
const pidOf = (server: { folder: string }) => Number(readFileSync(lockFile(server), 'utf8').split('\n')[0]);

test('the next start finds the same data at the same address', async () => {
  const dataDir = aDataDir();
  const first = await start(dataDir);
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  expect(existsSync(lockFile(first))).toBe(false);

  const second = await start(dataDir);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select answer from kept')).toBe(42);
});

test('the server is Postgres 18, speaks UTF-8 and is closed to other machines', async () => {
  const { url } = await start(await aMadeDataDir());
  expect(Number(await ask(url, "select current_setting('server_version_num')"))).toBeGreaterThanOrEqual(180_000);
  expect(await ask(url, "select lower('ÄÖ') || current_setting('server_encoding')")).toBe('äöUTF8');
  expect(await ask(url, "select current_setting('listen_addresses')")).toBe('127.0.0.1');
});

test('a copied data folder has a database of its own', async () => {
  const original = await start(await aMadeDataDir());
  await ask(original.url, 'create table kept as select 42 as answer');
  await original.stop();
  const copy = aDataDir();
  cpSync(join(original.folder, '..'), copy, { recursive: true });

  const copied = await start(copy);
  await ask(copied.url, 'drop table kept');
  expect(await ask((await start(join(original.folder, '..'))).url, 'select answer from kept')).toBe(42);
});

test('a wrong password is refused', async () => {
  const { url } = await start(await aMadeDataDir());
  await expect(ask(url.replace('a-password', 'wrong'), 'select 1')).rejects.toThrow(/password/);
});

test('a server killed in the middle of its work is healed, and keeps what was committed', async () => {
  const dataDir = await aMadeDataDir();
  const killed = await start(dataDir);
  await ask(killed.url, 'create table kept as select 42 as answer');
  process.kill(pidOf(killed), 'SIGKILL');
  await killed.ended;
  expect(existsSync(lockFile(killed))).toBe(true);

  const log: string[] = [];
  const healed = await start(dataDir, 'a-password', log);
  expect(await ask(healed.url, 'select answer from kept')).toBe(42);
  expect(log.join()).toContain('ended unexpectedly');
});

test('a lock file whose number is another program now does not stand in the way', async () => {
  const dataDir = await aMadeDataDir();
  const first = await start(dataDir);
  await first.stop();
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  cleanUps.push(() => other.kill('SIGKILL'));
  writeFileSync(lockFile(first), `${other.pid}\n${first.folder}\n1\n1\n\n\n\nready\n`);

  const second = await start(dataDir);
  expect(await ask(second.url, 'select 1')).toBe(1);
  expect(other.exitCode).toBeNull();
});

test('a server left running by a killed launcher is stopped before the next one starts', async () => {
  const dataDir = await aMadeDataDir();
  const left = await start(dataDir);
  const log: string[] = [];
  const next = await start(dataDir, 'a-password', log);
  await left.ended;
  expect(await ask(next.url, 'select 1')).toBe(1);
  expect(log.join()).toContain('still runs');
});

test('a port that another program took meanwhile is exchanged for a free one', async () => {
  const dataDir = await aMadeDataDir();
  const first = await start(dataDir);
  await first.stop();
  const taken = Number(new URL(first.url).port);
  const squatter = createServer().listen(taken, '127.0.0.1');
  await once(squatter, 'listening');
  cleanUps.push(() => squatter.close());

  const second = await start(dataDir);
  expect(new URL(second.url).port).not.toBe(String(taken));
  expect(await ask(second.url, 'select 1')).toBe(1);
});

test('a set-up that was interrupted half-way starts afresh', async () => {
  const dataDir = aDataDir();
  mkdirSync(join(dataDir, 'postgres.new-1', 'data', 'base'), { recursive: true });
  const server = await start(dataDir);
  expect(await ask(server.url, 'select 1')).toBe(1);
  expect(existsSync(join(dataDir, 'postgres.new-1'))).toBe(false);
});

test('a lost password is replaced, and the data stays', async () => {
  const dataDir = aDataDir();
  const first = await start(dataDir, 'old');
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();

  const second = await start(dataDir, "new'one");
  expect(await ask(second.url, 'select answer from kept')).toBe(42);
  await expect(ask(first.url, 'select 1')).rejects.toThrow(/password/);
});

test('a database of another major version is left alone, with a sentence', async () => {
  const dataDir = aDataDir();
  mkdirSync(join(dataDir, 'postgres'));
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
  await expect(start(dataDir)).rejects.toThrow(/made by Postgres 17.*brings Postgres 18/);
});

test('a launcher killed with kill -9 leaves no Postgres behind', async () => {
  const dataDir = aDataDir();
  const module = JSON.stringify(new URL('../postgres/start-postgres.ts', import.meta.url).href);
  const script = `const { startPostgres } = await import(${module});
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, password: 'x', historyDays: 0, log() {} });
    console.log('started'); setInterval(() => {}, 1000);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script]);
  await once(launcher.stdout, 'data');
  const pid = pidOf({ folder: join(dataDir, 'postgres') });
  launcher.kill('SIGKILL');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/), 10_000);
});

const asRoot = test.runIf(process.getuid?.() === 0);

function aClosedDataDir(): string {
  const dataDir = join(aDataDir(), 'closed', 'data');
  mkdirSync(dataDir, { recursive: true });
  chmodSync(join(dataDir, '..'), 0o700);
  return dataDir;
}

asRoot(
  'below a folder that is closed to the server, the data goes where the server may go, and stays there',
  async () => {
    const dataDir = aClosedDataDir();
    const first = await start(dataDir);
    cleanUps.unshift(() => rmSync(join(first.folder, '..'), { recursive: true, force: true }));
    expect(first.folder).toMatch(/^\/var\/lib\/remixify\/\w+\/postgres$/);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    chmodSync(join(dataDir, '..'), 0o755);
    const second = await start(dataDir);
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
  },
);

asRoot('programs below a closed folder are copied to where the server can run them, once', async () => {
  const account = { name: 'nobody', uid: 65_534, gid: 65_534 };
  const home = join(aClosedDataDir(), 'a', 'b', 'package', 'native');
  const files = { initdb: join(home, 'bin/initdb'), postgres: join(home, 'bin/postgres') };
  mkdirSync(join(home, 'share/postgresql'), { recursive: true });
  mkdirSync(join(home, 'lib'));
  mkdirSync(join(home, 'bin'));
  for (const file of Object.values(files)) writeFileSync(file, '', { mode: 0o700 });
  writeFileSync(join(home, 'share/postgresql/postgres.bki'), '', { mode: 0o600 });

  const shared = aDataDir();
  const copies = await Promise.all([0, 1].map(() => binariesFor(account, shared, { folder: home, ...files })));
  expect(copies[0]).toEqual(copies[1]);
  expect(execFileSync(copies[0]!.postgres, { uid: account.uid, gid: account.gid, shell: true })).toHaveLength(0);
  expect(readdirSync(shared)).toHaveLength(1);
});

asRoot('a copied data folder does not take a database that lies elsewhere from its original', async () => {
  const dataDir = aClosedDataDir();
  const original = await start(dataDir);
  cleanUps.unshift(() => rmSync(join(original.folder, '..'), { recursive: true, force: true }));
  const copy = join(dataDir, '..', 'copy');
  cpSync(dataDir, copy, { recursive: true });
  await expect(start(copy)).rejects.toThrow(/is a copy of/);
  expect(await ask(original.url, 'select 1')).toBe(1);
});
