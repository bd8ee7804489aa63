import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../launcher/paths.ts';

export type RestlessProcess = {
  name: string;
  /** How often we killed it. */
  kills: number;
  /** How often it ended by itself, which it may only while the database is away at its start. */
  falls: number;
  /** What it said in all its lives. */
  said(): string;
  /** Kills it where it stands; it is started again at once. */
  kill(): void;
  /** Asks it to end and resolves to its exit code. It stays away then. */
  stop(): Promise<number | null>;
};

const KEEP_CHARS = 400_000;
const RESTART_MS = 250;

/** A program of ours that is started again whenever it ends, as a launcher does. It ends when this process does. */
export function startRestless(name: string, args: string[], env: NodeJS.ProcessEnv): RestlessProcess {
  let said = '';
  let isWanted = true;
  let isKilled = false;
  let child: ChildProcess;
  let ended: Promise<number | null>;

  const hear = (chunk: Buffer) => {
    said = (said + chunk).slice(-KEEP_CHARS);
  };
  const start = () => {
    child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    ended = new Promise((resolve) => {
      child.once('close', (code) => resolve(code));
      child.once('error', () => resolve(null));
    });
    void ended.then(async () => {
      if (!isWanted) return;
      if (!isKilled) {
        process_.falls += 1;
        said += `[${name} ended by itself]\n`;
      }
      isKilled = false;
      await wait(RESTART_MS);
      if (isWanted) start();
    });
  };

  const process_: RestlessProcess = {
    name,
    kills: 0,
    falls: 0,
    said: () => said,
    kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      isKilled = true;
      process_.kills += 1;
      child.kill('SIGKILL');
    },
    async stop() {
      isWanted = false;
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 45_000);
      const code = await ended;
      clearTimeout(patience);
      return code;
    },
  };
  start();
  return process_;
}
