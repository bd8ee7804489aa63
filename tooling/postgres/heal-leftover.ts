import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Ends what a killed launcher left of the server on `data`: stops a Postgres that still runs, removes a lock file
 * whose process is gone or has become another program's. Resolves when a new server may start.
 */
export async function healLeftover(data: string, log: (line: string) => void): Promise<void> {
  const lockFile = join(data, 'postmaster.pid');
  const pid = Number(firstLine(lockFile));
  if (!pid) {
    // An empty lock file stops Postgres as a real one does.
    rmSync(lockFile, { force: true });
    return;
  }
  if (!servesData(pid, data)) {
    rmSync(lockFile, { force: true });
    log('The last start ended unexpectedly; its database is being put in order.');
    return;
  }
  log('A database of an earlier start still runs; it is being stopped first.');
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      break;
    }
    for (const until = Date.now() + patience; Date.now() < until && servesData(pid, data); ) await wait(50);
    if (!servesData(pid, data)) break;
  }
}

/** True if `pid` lives and is the Postgres of this very folder. */
function servesData(pid: number, data: string): boolean {
  const command = commandOf(pid);
  return command !== undefined && /postgres/i.test(command) && (process.platform === 'win32' || command.includes(data));
}

function commandOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (process.platform === 'win32') return output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
    return output('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
  } catch {
    return undefined;
  }
}

const output = (program: string, args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function firstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[0] ?? '';
  } catch {
    return '';
  }
}
