import { createServer } from 'node:net';
import type { Env } from '@repo/runtime/env';

/** @throws Error naming the setting to change, if another program has a port of ours. */
export async function requirePorts(env: Env): Promise<void> {
  for (const name of ['PORT', 'ADMIN_PORT'] as const) {
    const port = env[name];
    const problem = await problemOf(port, env.HOST);
    if (problem === 'EADDRINUSE') {
      const other = `${name}=${port + 10} npm start`;
      throw new Error(`Port ${port} is taken by another program. End that one, or choose another port: ${other}`);
    }
    if (problem === 'EACCES') {
      throw new Error(
        `This user may not listen on port ${port}. Choose one from 1024 on: ${name}=${port + 8000} npm start`,
      );
    }
    if (problem) throw new Error(`HOST: this machine cannot listen on "${env.HOST}" (${problem}). Such as 127.0.0.1.`);
  }
}

async function problemOf(port: number, host: string | undefined): Promise<string | undefined> {
  if (host) return listen(port, host);
  // A program that has the port on one address only still gets its visitors instead of us.
  for (const each of ['::', '0.0.0.0', '127.0.0.1', '::1']) {
    const problem = await listen(port, each);
    if (problem === 'EADDRINUSE' || problem === 'EACCES') return problem;
  }
  return undefined;
}

function listen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (problem: NodeJS.ErrnoException) => resolve(problem.code ?? 'unknown'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
