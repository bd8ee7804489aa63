import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootCluster, type Cluster, initCluster } from './cluster.ts';
import { freePort } from './free-port.ts';
import { binariesFor } from './locate-binaries.ts';
import { canReach, SHARED_FOLDER, serverAccount } from './server-account.ts';
import { watchOver } from './watch-over.ts';

/** A Postgres of one's own. `url` names its empty database `postgres`, as superuser. */
export type TestCluster = { url: string; stop: () => Promise<void> };

/**
 * A throw-away Postgres for a test run: in a temporary folder, without durability, gone after `stop()` or when
 * this process dies. About 0.7 s.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const account = serverAccount();
  const temporary = account && !canReach(tmpdir(), account) ? '/tmp' : tmpdir();
  const folder = await mkdtemp(join(temporary, 'remixify-test-'));
  if (account) await chown(folder, account.uid, account.gid);

  const binaries = await binariesFor(account, SHARED_FOLDER);
  const cluster: Cluster = { data: join(folder, 'postgres'), binaries, account, logFile: join(folder, 'postgres.log') };
  const password = randomBytes(12).toString('hex');
  await initCluster(cluster, password, ['--no-sync', '--no-data-checksums']);
  const port = await freePort();
  const server = await bootCluster(cluster, port, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  });
  const callOff = watchOver(server.pid, folder);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop();
      callOff();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
