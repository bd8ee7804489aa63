import { resolve } from 'node:path';
import { createDb } from '@repo/db';
import type { Tools } from '@repo/domain/context';
import { jobDefinitions } from '@repo/domain/job-definitions';
import { createQueue } from '@repo/jobs';
import type { ObjectStore } from '@repo/storage';
import { createDiskFiles, createObjectStore, type StorageConfig } from '@repo/storage/adapters';
import { sql } from 'drizzle-orm';
import type { RequestHandler } from 'express';
import { type Env, EnvError, readEnv } from './env.ts';
import type { Checks } from './http/health.ts';
import { modelEntries } from './models/model-entries.ts';

/** Everything one process works with. */
export type Toolbox = {
  env: Env & Settled;
  tools: Tools;
  /** What serving HTTP needs of them. */
  http: { checks: Checks; storageOrigins: string[]; files?: RequestHandler };
  /** Ends pools and connections, so that the process can end. */
  close(): Promise<void>;
};

/** Settings that the launcher makes when a person gives none. */
type Settled = { DATABASE_URL: string; SESSION_SECRET: string };

// On globalThis: a dev server reloads this module, and a second pool would stay open behind the first.
const KEY = Symbol.for('@repo/runtime/tools');
const holder = globalThis as { [KEY]?: Toolbox };

/**
 * The tools of this process, built from its environment when first asked for.
 * @throws EnvError where a setting is missing or wrong.
 */
export function toolbox(): Toolbox {
  holder[KEY] ??= openToolbox(settled(readEnv(process.env)));
  return holder[KEY];
}

export const tools = (): Tools => toolbox().tools;

/** Settings with the two that every process needs. @throws EnvError where one is missing. */
export function settled(env: Env): Env & Settled {
  for (const name of ['DATABASE_URL', 'SESSION_SECRET'] as const) {
    if (!env[name])
      throw new EnvError([`${name}: is not set. "npm start" makes one; started otherwise, set it yourself.`]);
  }
  return env as Env & Settled;
}

export function openToolbox(env: Env & Settled, { isWorker = false } = {}): Toolbox {
  const db = createDb(env.DATABASE_URL, { prepare: env.DATABASE_DIRECT_URL === env.DATABASE_URL });
  const storage = storageConfig(env);
  const store = createObjectStore(storage);
  const queue = createQueue({
    url: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    catalog: jobDefinitions,
    supervise: isWorker,
    onError: (error) => console.error(`queue: ${error.message}`),
  });
  return {
    env,
    tools: {
      db,
      store,
      queue,
      // A worker puts models that can be called in their place.
      models: { entries: modelEntries(env), modelOf: null },
      guestPaid: env.GUEST_PAID,
      now: () => new Date(),
    },
    http: {
      checks: {
        database: async () => void (await db.execute(sql`select 1`)),
        storage: remembered(() => checkStore(store), STORAGE_CHECK_EVERY_MS),
        queue: () => queue.ping(),
      },
      storageOrigins: storageOrigins(env),
      ...(storage.driver === 'disk' ? { files: serveFiles(createDiskFiles(storage).handleFile) } : {}),
    },
    async close() {
      await queue.stop();
      await db.close();
    },
  };
}

const STORAGE_CHECK_EVERY_MS = 15_000;

async function checkStore(store: ObjectStore): Promise<void> {
  const { ok, problems } = await store.check();
  if (!ok) throw new Error(problems.map(({ what }) => what).join(' '));
}

/** Asks again only after a while: a check that writes to a bucket costs money, and probes come every second. */
function remembered(check: () => Promise<void>, forMs: number): () => Promise<void> {
  let last: { at: number; result: Promise<void> } | null = null;
  return () => {
    if (!last || performance.now() - last.at > forMs) last = { at: performance.now(), result: check() };
    return last.result;
  };
}

function storageConfig(env: Env & Settled): StorageConfig {
  if (env.STORAGE_DRIVER === 'disk') {
    return { driver: 'disk', root: resolve(env.DATA_DIR, 'files'), baseUrl: env.APP_URL, secret: env.SESSION_SECRET };
  }
  return {
    driver: 's3',
    region: env.S3_REGION,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
    appOrigins: [env.APP_URL, env.ADMIN_URL],
    ...(env.S3_ENDPOINT ? { endpoint: env.S3_ENDPOINT } : {}),
    ...(env.S3_PUBLIC_URL ? { publicUrl: env.S3_PUBLIC_URL } : {}),
  };
}

/** Where browsers read and send files. On disk it is the web app, which is elsewhere for the admin app. */
function storageOrigins(env: Env): string[] {
  if (env.STORAGE_DRIVER === 'disk') return [env.APP_URL];
  const endpoint = env.S3_ENDPOINT ?? `https://s3.${env.S3_REGION}.amazonaws.com`;
  const bucket = new URL(endpoint);
  if (!env.S3_FORCE_PATH_STYLE) bucket.hostname = `${env.S3_BUCKET}.${bucket.hostname}`;
  return [...new Set([bucket.origin, ...(env.S3_PUBLIC_URL ? [new URL(env.S3_PUBLIC_URL).origin] : [])])];
}

type HandleFile = ReturnType<typeof createDiskFiles>['handleFile'];

const serveFiles =
  (handle: HandleFile): RequestHandler =>
  async (request, response, next) => {
    try {
      if (!(await handle(request, response))) next();
    } catch (error) {
      next(error);
    }
  };
