import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@repo/db';
import postgres from 'postgres';
import { onSignals } from '../bench/on-signals.ts';
import { startServer } from '../bench/start-server.ts';
import { withoutSettings } from '../bench/without-settings.ts';
import { freePort } from '../postgres/free-port.ts';
import { startTestCluster } from '../postgres/start-test-cluster.ts';
import { seatPeople } from './seat-people.ts';
import type { Target } from './target.ts';

/** The built product as it runs for people, on a database and a folder of its own, with people in it. */
export async function openTarget(share: number): Promise<{ target: Target; close(): Promise<void> }> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  closers.push(onSignals(close));
  try {
    const cluster = await startTestCluster();
    closers.push(cluster.stop);
    const dataDir = await mkdtemp(join(tmpdir(), 'remixify-attack-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    await migrate(cluster.url);
    const [port, adminPort] = [await freePort(), await freePort()];
    const ownUrl = `http://localhost:${port}`;
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
      DATABASE_URL: cluster.url,
      SESSION_SECRET: secret,
      ENCRYPTION_KEYS: `1:${randomBytes(32).toString('base64')}`,
      // What is attacked here is what stands behind the limits; they have tests of their own.
      RATE_LIMITS: 'off',
    };
    const origin = `http://127.0.0.1:${port}`;
    closers.push((await startServer('worker', ['apps/worker/build/worker.js'], env)).stop);
    closers.push((await startServer('web', ['apps/web/server.mjs'], env, `${origin}/readyz`)).stop);
    const sql = postgres(cluster.url, { max: 4, onnotice: () => {} });
    closers.push(() => sql.end());
    const canary = `canary${randomBytes(6).toString('hex')}`;
    const seated = await seatPeople({ origin, ownUrl, secret, sql }, canary);
    return { target: { origin, ownUrl, port, secret, sql, canary, share, ...seated }, close };
  } catch (problem) {
    await close();
    throw problem;
  }
}
