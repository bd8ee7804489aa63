import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { bootCluster, type Cluster, initCluster, type Server } from '../postgres/cluster.ts';
import { freePort } from '../postgres/free-port.ts';
import { healLeftover } from '../postgres/heal-leftover.ts';
import { binariesFor } from '../postgres/locate-binaries.ts';
import { canReach, SHARED_FOLDER, serverAccount } from '../postgres/server-account.ts';
import { watchOver } from '../postgres/watch-over.ts';

export type ChaosPostgres = {
  port: number;
  /** Names a database of this cluster, as superuser, through `port` or the port of something in between. */
  urlOf(database: string, port?: number): string;
  /** Ends it without a word to anybody and starts it again on the same data. Resolves when it takes connections. */
  strike(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
};

/**
 * A Postgres that can be killed and comes back with its data. Every commit is written before it is answered, as in
 * real life; only the disk itself is not waited for, for the machine stays on.
 */
export async function startChaosPostgres(): Promise<ChaosPostgres> {
  const account = serverAccount();
  const temporary = account && !canReach(tmpdir(), account) ? '/tmp' : tmpdir();
  const folder = await mkdtemp(join(temporary, 'remixify-chaos-'));
  if (account) await chown(folder, account.uid, account.gid);
  const binaries = await binariesFor(account, SHARED_FOLDER);
  const cluster: Cluster = { data: join(folder, 'postgres'), binaries, account, logFile: join(folder, 'postgres.log') };
  const password = randomBytes(12).toString('hex');
  await initCluster(cluster, password, ['--no-sync']);
  const port = await freePort();
  const boot = () => bootCluster(cluster, port, { fsync: 'off', max_connections: '150' });
  let server: Server = await boot();
  let callOff = watchOver(server.pid, folder);

  async function bootAgain(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await healLeftover(cluster.data, () => {});
        server = await boot();
        callOff = watchOver(server.pid, folder);
        return;
      } catch (problem) {
        // What a killed server left holds its memory and its port for a moment.
        if (attempt === 40) throw problem;
        await wait(250);
      }
    }
  }

  return {
    port,
    urlOf: (database, through = port) => `postgres://postgres:${password}@127.0.0.1:${through}/${database}`,
    async strike(signal) {
      callOff();
      process.kill(server.pid, signal);
      await server.ended;
      await bootAgain();
    },
    async stop() {
      await server.stop();
      callOff();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
