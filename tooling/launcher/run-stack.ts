import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Postgres } from '../postgres/start-postgres.ts';
import { awaitReady, localAddress } from './await-ready.ts';
import { claimDataDir, type Running } from './one-instance.ts';
import { root } from './paths.ts';
import { requirePorts } from './ports.ts';
import { runProgram } from './run-program.ts';
import { paint, say, step } from './say.ts';
import { environmentFor, keepSecrets, loadSettings, type Settings } from './settings.ts';
import { type Program, type Supervised, supervise } from './supervise.ts';

/** What differs between `npm start` and `npm run dev`. */
export type Stack = {
  mode: 'production' | 'development';
  prepare: (signal: AbortSignal) => Promise<void>;
  seed: string[];
  programs: Record<Program['name'], string[]>;
  /** Called when everything runs. Returns how to end what it began. */
  onRunning?: (programs: Supervised[]) => () => void;
};

type Closer = () => unknown;

/** Starts everything in order, keeps it running, and ends it all on a signal. Ends the process. */
export async function runStack(stack: Stack): Promise<never> {
  const stopping = new AbortController();
  const programs: Supervised[] = [];
  const closers: Closer[] = [];
  watchSignals(stopping, programs);
  let code = 0;
  try {
    await bringUp(stack, stopping.signal, programs, closers);
    await untilAborted(stopping.signal);
  } catch (problem) {
    if (!stopping.signal.aborted) {
      code = 1;
      say(`\n  ${paint('red', 'Remixify could not start.')}\n\n${messageOf(problem)}\n`);
    }
  }
  stopping.abort();
  if (closers.length > 0 && code === 0) say(`\n  ${paint('dim', 'Stopping …')}`);
  await Promise.all(programs.map((program) => program.stop()));
  for (const close of closers.reverse()) await close();
  if (closers.length > 0 && code === 0)
    say(`  ${paint('dim', 'Stopped. The next start continues with the same data.')}`);
  process.exit(code);
}

async function bringUp(stack: Stack, signal: AbortSignal, programs: Supervised[], closers: Closer[]): Promise<void> {
  const settings = loadSettings();
  const { env } = settings;
  const self: Running = { pid: process.pid, web: env.APP_URL, admin: env.ADMIN_URL, isReady: false };
  const claim = await claimDataDir(env.DATA_DIR, self);
  if (!claim.isOurs) {
    tellWhoRuns(claim.running, env.DATA_DIR);
    process.exit(0);
  }
  closers.push(claim.release);
  await requirePorts(env);
  say();
  await stack.prepare(signal);
  signal.throwIfAborted();

  const { environment, folder } = await prepareData(stack, settings, signal, closers);
  const run = (name: Program['name']) =>
    programs[programs.push(supervise({ name, args: stack.programs[name], env: environment })) - 1]!;
  const [worker, web, admin] = [run('worker'), run('web'), run('admin')];
  const givenUp = Promise.race(programs.map((program) => program.givenUp)).then((why) => {
    throw new Error(why);
  });
  await step('Starting the apps', () =>
    Promise.race([
      givenUp,
      Promise.all([
        awaitReady('web', `${localAddress(env.HOST, env.PORT)}/readyz`, signal),
        awaitReady('admin', `${localAddress(env.HOST, env.ADMIN_PORT)}/healthz`, signal),
      ]),
    ]),
  );
  for (const program of [worker, web, admin]) program.markReady();
  givenUp.catch(() => {});
  claim.update({ ...self, isReady: true });
  const end = stack.onRunning?.(programs);
  if (end) closers.push(end);
  await summarise(settings, folder);
}

/** Database, migrations and the demo. Answers with the environment that the programs get. */
async function prepareData(stack: Stack, settings: Settings, signal: AbortSignal, closers: Closer[]) {
  const { env } = settings;
  if (env.STORAGE_DRIVER === 's3') {
    const check = [join(root, 'tooling/launcher/check-storage.ts')];
    await step('Checking the bucket', () => runProgram(check, environmentFor(settings, {}), signal));
  }
  const secrets = keepSecrets(env.DATA_DIR);
  let url = env.DATABASE_URL;
  let folder: string | undefined;
  if (!url) {
    const { startPostgres } = await import('../postgres/start-postgres.ts');
    const start = (log: (line: string) => void) =>
      startPostgres({
        dataDir: env.DATA_DIR,
        password: secrets.databasePassword,
        historyDays: env.PITR_DAYS,
        log,
      });
    const server = await step('Starting Postgres', start);
    ({ url, folder } = server);
    closers.push(keepPostgres(server, start, signal));
    if (env.PITR_DAYS > 0) {
      const { keepHistory } = await import('../postgres/history/keep-history.ts');
      closers.push(keepHistory(url, folder, env.PITR_DAYS, (line) => say(`  ${paint('yellow', line)}`)));
    }
  }
  const environment = environmentFor(settings, {
    NODE_ENV: stack.mode,
    DATABASE_URL: url,
    DATABASE_DIRECT_URL: env.DATABASE_DIRECT_URL ?? url,
    SESSION_SECRET: env.SESSION_SECRET ?? secrets.sessionSecret,
    ENCRYPTION_KEYS: env.ENCRYPTION_KEYS ?? secrets.encryptionKeys,
  });
  signal.throwIfAborted();
  await step('Preparing the database', () =>
    runProgram([join(root, 'tooling/launcher/migrate-database.ts')], environment, signal),
  );
  if (env.DEMO) await step('Preparing the demo', (note) => runProgram(stack.seed, environment, signal, note));
  return { environment, folder };
}

/** Starts Postgres again when it dies under us. Returns how to stop it for good. */
function keepPostgres(
  first: Postgres,
  start: (log: (line: string) => void) => Promise<Postgres>,
  signal: AbortSignal,
): Closer {
  let server = first;
  const watch = (): Promise<void> =>
    server.ended.then(async () => {
      for (let pause = 1000; !signal.aborted; pause = Math.min(pause * 2, 30_000)) {
        say(`  ${paint('yellow', `Postgres ended unexpectedly; starting it again in ${pause / 1000} s`)}`);
        try {
          await wait(pause, undefined, { signal });
          server = await start((line) => say(`  ${line}`));
          if (server.url !== first.url) throw new Error('Its port was taken meanwhile. Press Ctrl-C and start again.');
          return watch();
        } catch (problem) {
          if (!signal.aborted) say(messageOf(problem));
        }
      }
    });
  const watching = watch();
  return async () => {
    await server.stop();
    await watching;
    await server.stop();
  };
}

/** The first signal ends in order, the second at once. A launcher above us that dies counts as a signal. */
function watchSignals(stopping: AbortController, programs: Supervised[]): void {
  const stop = () => {
    if (!stopping.signal.aborted) {
      stopping.abort();
      return;
    }
    for (const program of programs) program.kill();
    // Postgres ends by itself when this process is gone.
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.once('disconnect', () => stopping.abort());
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

function tellWhoRuns(running: Running, dataDir: string): void {
  say(`\n  Remixify ${running.isReady ? 'runs' : 'is starting'} already with the data in ${shortPath(dataDir)}`);
  say(`  (process ${running.pid}; Ctrl-C in its terminal stops it).\n`);
  say(`  Web app     ${paint('cyan', running.web)}`);
  say(`  Admin app   ${paint('cyan', running.admin)}\n`);
}

async function summarise({ env }: Settings, folder: string | undefined): Promise<void> {
  const row = (title: string, text: string) => say(`  ${paint('dim', title.padEnd(12))}${text}`);
  say(`\n  ${paint(['bold', 'green'], 'Remixify is running')}\n`);
  row('Web app', paint(['bold', 'cyan'], env.APP_URL));
  row('Admin app', paint(['bold', 'cyan'], env.ADMIN_URL));
  if (env.DEMO) {
    const { DEMO_ACCOUNTS } = await import('../../packages/domain/src/demo/demo-accounts.ts');
    const { brandAdmin, creator, staff } = DEMO_ACCOUNTS;
    row(
      'Sign in',
      `${brandAdmin.email}  ${paint('dim', 'password')} ${brandAdmin.password}  ${paint('dim', '(a brand, both apps)')}`,
    );
    row('', `${creator.email}  ${paint('dim', 'password')} ${creator.password}  ${paint('dim', '(a creator)')}`);
    row(
      '',
      `${staff.email}  ${paint('dim', 'password')} ${staff.password}  ${paint('dim', '(staff: may hide things)')}`,
    );
  } else {
    row('Sign in', 'the first person to sign up runs the platform');
  }
  row('Data', shortPath(env.DATA_DIR));
  if (folder && !folder.startsWith(env.DATA_DIR)) {
    row('Database', `${folder}  ${paint('dim', '(Postgres may not enter the folder above)')}`);
  }
  if (!folder) row('Database', 'the one in DATABASE_URL');
  row('Stop', 'Ctrl-C');
  say();
}

function shortPath(path: string): string {
  const short = relative(root, path);
  return short.startsWith('..') || !existsSync(path) ? path : short || '.';
}

const messageOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));
