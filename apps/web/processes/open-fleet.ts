import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, migrate } from '@repo/db';
import type { SystemContext } from '@repo/domain/context';
import { readEnv } from '@repo/runtime/env';
import { openToolbox, settled } from '../../../packages/runtime/src/tools.server.ts';
import { setupStorage } from '../../../packages/storage/src/setup-storage.ts';
import { startTestS3 } from '../../../packages/storage/src/testing.ts';
import { type Person, seatPeople } from '../../../tooling/chaos/people.ts';
import { awaitReady } from '../../../tooling/launcher/await-ready.ts';
import { root } from '../../../tooling/launcher/paths.ts';
import { freePort } from '../../../tooling/postgres/free-port.ts';
import { startTestCluster } from '../../../tooling/postgres/start-test-cluster.ts';
import { withoutSettings } from '../../../tooling/product/without-settings.ts';
import { type RunningProgram, startProgram } from '../e2e/start-program.ts';
import { type RoundRobin, startRoundRobin } from './round-robin.ts';

export type Web = { origin: string; port: number; program: RunningProgram };

export type Fleet = {
  webs: Web[];
  workers: RunningProgram[];
  proxy: RoundRobin;
  db: Db;
  sql: Db['$client'];
  people: Person[];
  secret: string;
  close(): Promise<void>;
};

export type FleetOptions = {
  webs: number;
  workers: number;
  /** On disk all processes share a folder; on S3 each has one of its own, as on machines of their own. */
  storage: 'disk' | 's3';
  settings?: Record<string, string>;
};

const SECRET = 'a-secret-of-the-fleet-with-32-characters';
const PEOPLE = 6;
// Far more than they need: a machine that runs all tests at once is slow.
const PATIENCE_MS = 150_000;

/** The built product over several processes: one database, one storage, a proxy that sends each request elsewhere. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'remixify-fleet-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const cluster = await startTestCluster();
    closers.push(cluster.stop);
    await migrate(cluster.url);
    const ports = await Promise.all(Array.from({ length: options.webs }, () => freePort()));
    const proxy = await startRoundRobin(ports);
    closers.push(proxy.stop);
    const settings = {
      NODE_ENV: 'production' as const,
      HOST: '127.0.0.1',
      APP_URL: proxy.origin,
      ADMIN_URL: 'http://127.0.0.1:9',
      TRUST_PROXY: '1',
      DATABASE_URL: cluster.url,
      SESSION_SECRET: SECRET,
      ENCRYPTION_KEYS: '1:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=',
      DEMO: '0',
      ...(options.storage === 's3' ? await openBucket(closers, [proxy.origin, 'http://127.0.0.1:9']) : {}),
      ...options.settings,
    };
    const start = (name: string, program: string, port = 4_999) => {
      const own = { PORT: String(port), DATA_DIR: join(folder, options.storage === 'disk' ? 'data' : name) };
      const env = { ...withoutSettings(), ...settings, ...own };
      const running = startProgram(join(root, program), env, join(folder, `${name}.log`));
      closers.push(() => running.stop());
      return running;
    };
    const webs = ports.map((port, n) => ({
      port,
      origin: `http://127.0.0.1:${port}`,
      program: start(`web-${n}`, 'apps/web/server.mjs', port),
    }));
    const workers = Array.from({ length: options.workers }, (_, n) =>
      start(`worker-${n}`, 'apps/worker/build/worker.js'),
    );

    const box = openToolbox(settled(readEnv({ ...settings, DATA_DIR: folder })));
    closers.push(() => box.close());
    const sql = box.tools.db.$client;
    const system: SystemContext = { ...box.tools, actor: { kind: 'system', job: 'fleet' } };
    const people = await seatPeople({ sql, system, appUrl: proxy.origin, secret: SECRET, count: PEOPLE });
    await Promise.race([
      Promise.all(webs.map(({ origin }) => awaitReady('web', `${origin}/readyz`, AbortSignal.timeout(PATIENCE_MS)))),
      ...[...workers, ...webs.map(({ program }) => program)].map(({ failed }) => failed),
    ]);
    return { webs, workers, proxy, db: box.tools.db, sql, people, secret: SECRET, close };
  } catch (problem) {
    await close();
    throw problem;
  }
}

/** A bucket whose rules let pages of `appOrigins` upload: a web that finds it otherwise says that it is not ready. */
async function openBucket(closers: (() => unknown)[], appOrigins: string[]): Promise<Record<string, string>> {
  const s3 = await startTestS3();
  closers.push(s3.stop);
  const config = s3.configOf('remixify', { appOrigins });
  const endpoint = config.endpoint!.replace(/\/\/[^:]+/, '//127.0.0.1');
  const { problems } = await setupStorage({ ...config, endpoint });
  if (problems[0]) throw new Error(problems[0].what);
  return {
    STORAGE_DRIVER: 's3',
    S3_ENDPOINT: endpoint,
    S3_REGION: config.region,
    S3_BUCKET: config.bucket,
    S3_ACCESS_KEY_ID: config.accessKeyId,
    S3_SECRET_ACCESS_KEY: config.secretAccessKey,
  };
}
