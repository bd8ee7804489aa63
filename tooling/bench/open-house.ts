import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@repo/db';
import postgres from 'postgres';
import { freePort } from '../postgres/free-port.ts';
import { startTestCluster } from '../postgres/start-test-cluster.ts';
import { type AskApi, askApi } from './ask-api.ts';
import { fillFeed } from './fill-feed.ts';
import { onSignals } from './on-signals.ts';
import { type Server, startServer } from './start-server.ts';
import { withoutSettings } from './without-settings.ts';

/** The product as it is in use: a filled database, the built web app and a worker, each a process of its own. */
export type House = {
  origin: string;
  databaseUrl: string;
  postgresVersion: string;
  /** Somebody with an account, by the cookies of their browser. */
  cookie: string;
  api: AskApi;
  /** Starts one more program, which ends with the house. Resolves to its address. */
  startFloor(program: string): Promise<string>;
  close(): Promise<void>;
};

export async function openHouse(): Promise<House> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  closers.push(onSignals(close));
  try {
    const cluster = await startTestCluster();
    closers.push(cluster.stop);
    const dataDir = await mkdtemp(join(tmpdir(), 'remixify-bench-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const { databaseUrl, postgresVersion } = await makeDatabase(cluster.url);

    const [port, adminPort] = [await freePort(), await freePort()];
    const origin = `http://localhost:${port}`;
    const env: NodeJS.ProcessEnv = {
      ...withoutSettings(),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ADMIN_PORT: String(adminPort),
      APP_URL: origin,
      ADMIN_URL: `http://localhost:${adminPort}`,
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      SESSION_SECRET: randomBytes(32).toString('hex'),
    };
    const local = `http://127.0.0.1:${port}`;
    const keep = (server: Server) => closers.push(server.stop);
    keep(await startServer('worker', ['apps/worker/build/worker.js'], env));
    keep(await startServer('web', ['apps/web/server.mjs'], env, `${local}/readyz`));
    const cookie = await signUp(local);
    return {
      origin: local,
      databaseUrl,
      postgresVersion,
      cookie,
      api: askApi(local, cookie),
      async startFloor(program) {
        const floorPort = await freePort();
        const address = `http://127.0.0.1:${floorPort}`;
        const floorEnv = { ...env, PORT: String(floorPort) };
        keep(await startServer('floor', [join('tooling/bench', program)], floorEnv, address));
        return address;
      },
      close,
    };
  } catch (problem) {
    await close();
    throw problem;
  }
}

async function makeDatabase(clusterUrl: string): Promise<{ databaseUrl: string; postgresVersion: string }> {
  const url = new URL(clusterUrl);
  url.pathname = '/bench';
  const cluster = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await cluster`create database bench`;
  const [row] = await cluster<{ server_version: string }[]>`show server_version`;
  await cluster.end();
  await migrate(url.href);
  const database = postgres(url.href, { max: 1, onnotice: () => {} });
  await fillFeed(database);
  await database.end();
  return { databaseUrl: url.href, postgresVersion: row?.server_version ?? '' };
}

/** By the form, as a browser without JavaScript sends it. */
async function signUp(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/sign-up`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      name: 'Bench',
      email: `bench-${randomUUID()}@example.test`,
      password: randomBytes(12).toString('hex'),
    }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (answer.status !== 302 || cookies.length === 0) throw new Error(`Signing up answered ${answer.status}.`);
  return cookies.join('; ');
}
