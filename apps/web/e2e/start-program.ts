import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { root } from '../../../tooling/launcher/paths.ts';

export type RunningProgram = {
  pid: number;
  /** Rejects when it ends unasked, with the last it said. */
  failed: Promise<never>;
  /** SIGTERM, ten seconds to finish if not told otherwise, then SIGKILL. Resolves to its exit code: null if killed. */
  stop: (patienceMs?: number) => Promise<number | null>;
};

/** Runs a Node program of ours as a process that ends with this one, even by `kill -9`. What it says goes to `log`. */
export function startProgram(program: string, env: NodeJS.ProcessEnv, log: string): RunningProgram {
  // The channel ends it when we are killed.
  const child = spawn(process.execPath, [program], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const out = createWriteStream(log);
  child.stdout?.pipe(out, { end: false });
  child.stderr?.pipe(out, { end: false });
  let isStopping = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => out.end(() => resolve(code)));
  });
  const failed = ended.then((): Promise<never> => {
    if (isStopping) return new Promise(() => {});
    throw new Error(`${program} ended by itself.\n${readFileSync(log, 'utf8').slice(-4000)}`);
  });
  failed.catch(() => {});
  return {
    pid: child.pid ?? 0,
    failed,
    async stop(patienceMs = 10_000) {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return ended;
      // A program that a test held still cannot hear that it should end.
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      return ended.finally(() => clearTimeout(patience));
    },
  };
}
