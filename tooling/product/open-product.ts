import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../postgres/free-port.ts';
import { startTestCluster } from '../postgres/start-test-cluster.ts';
import { onSignals } from './on-signals.ts';
import { type Server, startServer } from './start-server.ts';
import { withoutSettings } from './without-settings.ts';

/** The built product as it runs for people, on a database and a folder of its own, without limits of how often. */
export type Product = {
  port: number;
  /** Where web answers, by number: no name has to be resolved. */
  origin: string;
  /** The address that the product believes to be its own. */
  ownUrl: string;
  databaseUrl: string;
  /** What sessions are signed with. */
  secret: string;
  env: NodeJS.ProcessEnv;
  /** The web process. */
  pid: number;
  /** Ends with the product, what was last first. */
  keep(closer: () => unknown): void;
  /** Starts one more program that ends with it. */
  start(...args: Parameters<typeof startServer>): Promise<Server>;
  close(): Promise<void>;
};

/** `makeDatabase` gets an empty cluster and answers with the migrated database to use. */
export async function openProduct(
  name: string,
  makeDatabase: (clusterUrl: string) => Promise<string>,
): Promise<Product> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    const problems: unknown[] = [];
    // One that fails leaves none of the others running.
    for (const closer of closers.splice(0).reverse()) {
      try {
        await closer();
      } catch (problem) {
        problems.push(problem);
      }
    }
    if (problems.length > 0) throw problems[0];
  };
  const keep = (closer: () => unknown) => void closers.push(closer);
  const start = async (...args: Parameters<typeof startServer>) => {
    const server = await startServer(...args);
    keep(server.stop);
    return server;
  };
  keep(onSignals(close));
  try {
    const cluster = await startTestCluster();
    keep(cluster.stop);
    const dataDir = await mkdtemp(join(tmpdir(), `remixify-${name}-`));
    keep(() => rm(dataDir, { recursive: true, force: true }));
    const databaseUrl = await makeDatabase(cluster.url);
    const [port, adminPort] = [await freePort(), await freePort()];
    const [origin, ownUrl] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
    const secret = randomBytes(32).toString('hex');
    const env: NodeJS.ProcessEnv = {
      ...withoutSettings(),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      APP_URL: ownUrl,
      ADMIN_URL: `http://localhost:${adminPort}`,
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      SESSION_SECRET: secret,
      ENCRYPTION_KEYS: `1:${randomBytes(32).toString('base64')}`,
      // What is measured or attacked stands behind the limits; they have tests of their own.
      RATE_LIMITS: 'off',
    };
    await start('worker', ['apps/worker/build/worker.js'], env);
    const { pid } = await start('web', ['apps/web/server.mjs'], env, `${origin}/readyz`);
    return { port, origin, ownUrl, databaseUrl, secret, env, pid, keep, start, close };
  } catch (problem) {
    await close();
    throw problem;
  }
}
