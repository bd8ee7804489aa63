import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { migrate } from '@repo/db';
import postgres from 'postgres';
import { freePort } from '../postgres/free-port.ts';
import { openProduct } from '../product/open-product.ts';
import type { Server } from '../product/start-server.ts';
import { type AskApi, askApi } from './ask-api.ts';
import { type FeedSize, fillFeed } from './fill-feed.ts';

const FLOORS = 'tooling/bench/floors';

/** The product as it is in use: a filled database, the built web app and a worker, each a process of its own. */
export type House = {
  origin: string;
  databaseUrl: string;
  postgresVersion: string;
  /** Somebody with an account, by the cookies of their browser. */
  cookie: string;
  api: AskApi;
  /** The web process. */
  pid: number;
  /** Starts one more program from `floors`, which ends with the house. */
  startFloor(program: string): Promise<Running>;
  /** Starts a web process more, on the same database; resolves once it is ready. */
  startWeb(): Promise<Running>;
  close(): Promise<void>;
};

/** A program of the bench: where it answers, and which process it is. */
export type Running = Server & { address: string };

export async function openHouse(feed: FeedSize): Promise<House> {
  let postgresVersion = '';
  const product = await openProduct('bench', async (clusterUrl) => {
    const made = await makeDatabase(clusterUrl, feed);
    postgresVersion = made.postgresVersion;
    return made.databaseUrl;
  });
  const { origin, env, pid, databaseUrl, start, close } = product;
  try {
    const cookie = await signUp(origin);
    return {
      pid,
      origin,
      databaseUrl,
      postgresVersion,
      cookie,
      api: askApi(origin, cookie),
      async startFloor(program) {
        const port = await freePort();
        const address = `http://127.0.0.1:${port}`;
        const floorEnv = { ...env, PORT: String(port) };
        return { address, ...(await start('floor', [join(FLOORS, program)], floorEnv, address)) };
      },
      async startWeb() {
        const [port, unused] = [await freePort(), await freePort()];
        const address = `http://127.0.0.1:${port}`;
        const webEnv = { ...env, PORT: String(port), ADMIN_PORT: String(unused), APP_URL: address };
        return { address, ...(await start('web', ['apps/web/server.mjs'], webEnv, `${address}/readyz`)) };
      },
      close,
    };
  } catch (problem) {
    await close();
    throw problem;
  }
}

async function makeDatabase(
  clusterUrl: string,
  feed: FeedSize,
): Promise<{ databaseUrl: string; postgresVersion: string }> {
  const url = new URL(clusterUrl);
  url.pathname = '/bench';
  const cluster = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await cluster`create database bench`;
  const [row] = await cluster<{ server_version: string }[]>`show server_version`;
  await migrate(url.href);
  await cluster`create database bench_empty template bench`;
  await cluster.end();
  const database = postgres(url.href, { max: 1, onnotice: () => {} });
  await fillFeed(database, feed);
  await database.end();
  return { databaseUrl: url.href, postgresVersion: row?.server_version ?? '' };
}

/** An empty, migrated database beside the house's, whose workers would take part. */
export async function databaseOfItsOwn(houseUrl: string, name: string): Promise<string> {
  const url = new URL(houseUrl);
  url.pathname = `/${name}`;
  const cluster = postgres(houseUrl, { max: 1, onnotice: () => {} });
  await cluster`drop database if exists ${cluster(name)}`;
  await cluster`create database ${cluster(name)} template bench_empty`;
  await cluster.end();
  return url.href;
}

/** Ads of the filled database. */
export const idsOfAds = (databaseUrl: string): Promise<string[]> => idsOfPublished(databaseUrl, 'ad');
export const idsOfRemixes = (databaseUrl: string): Promise<string[]> => idsOfPublished(databaseUrl, 'remix');

async function idsOfPublished(databaseUrl: string, table: 'ad' | 'remix'): Promise<string[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const rows = await sql<{ id: string }[]>`
    select id from ${sql(table)} where status = 'published' order by created_at, id`;
  await sql.end();
  return rows.map(({ id }) => id);
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
