import { spawn } from 'node:child_process';
import { awaitReady } from '../launcher/await-ready.ts';
import { root } from '../launcher/paths.ts';

export type Server = { pid: number; stop(): Promise<void> };

/** Runs a program of ours until `stop`; waits for `readyUrl` to answer. It also ends when this process does. */
export async function startServer(
  name: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  readyUrl?: string,
): Promise<Server> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const failed = ended.then(() => {
    throw new Error(`The ${name} server ended.\n${said.trim()}`);
  });
  failed.catch(() => {});
  const starting = new AbortController();
  try {
    if (readyUrl) await Promise.race([failed, awaitReady(name, readyUrl, starting.signal)]);
  } finally {
    starting.abort();
  }
  return {
    pid: child.pid!,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
