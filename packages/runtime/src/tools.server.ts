import { createDb, type Db, type Patience } from '@repo/db';
import type { Tools } from '@repo/domain/context';
import { createEventRelay, type EventRelay } from '@repo/domain/events/event-relay';
import { jobDefinitions } from '@repo/domain/job-definitions';
import { createQueue } from '@repo/jobs';
import { createOutsideFetch } from '@repo/outbound/adapters';
import { createDiskFiles, createObjectStore } from '@repo/storage/adapters';
import { log } from '@repo/telemetry';
import { sql } from 'drizzle-orm';
import { type Accounts, accountMail, createAccounts } from './accounts/index.server.ts';
import { dailyBackupJob } from './backup/daily-backup-job.ts';
import { isDatabaseAway } from './database-away.ts';
import { type Env, EnvError, readEnv } from './env.ts';
import { type Checks, remembered } from './http/health.ts';
import { createLimits, type Limits } from './limits/create-limits.ts';
import { modelEntries, modelOrder } from './models/model-entries.ts';
import { textModels } from './models/text-models.ts';
import { createSealer } from './sealing/create-sealer.ts';
import { parseKeyring, readKeptKeys } from './sealing/keyring.ts';
import { checkStore, storageConfig, storageOrigins } from './storage-config.ts';

/** Everything one process works with. */
export type Toolbox = {
  env: SettledEnv;
  tools: Tools;
  relay: EventRelay;
  accounts: Accounts;
  /** Reaches the account tables and nothing else. */
  authDb: Db;
  /** Null where a setting switched them off. */
  limits: Limits | null;
  checks: Checks;
  /** Origins that browsers read files from and send them to. */
  storageOrigins: string[];
  /** Serves `/files/*` where files are on this machine's disk. */
  handleFile: ReturnType<typeof createDiskFiles>['handleFile'] | null;
  /** Ends pools and connections, so that the process can end. */
  close(): Promise<void>;
};

/** Settings together with those that the launcher makes when a person gives none. */
export type SettledEnv = Env & { DATABASE_URL: string; SESSION_SECRET: string; ENCRYPTION_KEYS: string };

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

/** @throws EnvError where a setting is missing that every process needs. */
export function settled(env: Env): SettledEnv {
  const missing = (['DATABASE_URL', 'SESSION_SECRET', 'ENCRYPTION_KEYS'] as const).filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new EnvError(
      missing.map((name) => `${name}: is not set. "npm start" makes one; otherwise, set it yourself.`),
    );
  }
  return env as SettledEnv;
}

const STORAGE_CHECK_EVERY_MS = 15_000;

/** Less than a request may take, so that the answer is ours and says what happened. */
const WEB_PATIENCE: Patience = { statement: 8_000, lock: 5_000, idleInTransaction: 15_000 };
/** Roll-ups and sweeps read a lot. */
const WORKER_PATIENCE: Patience = { statement: 300_000, lock: 30_000, idleInTransaction: 60_000 };

export type ToolboxOptions = {
  /** True: watches over the queue, for those who run jobs. */
  isWorker?: boolean;
};

/** Opens everything a process works with. Nothing is connected before it is first used. */
export function openToolbox(env: SettledEnv, { isWorker = false }: ToolboxOptions = {}): Toolbox {
  const directUrl = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
  const prepare = directUrl === env.DATABASE_URL;
  const patience = isWorker ? WORKER_PATIENCE : WEB_PATIENCE;
  const db = createDb(env.DATABASE_URL, { prepare, directUrl, patience, readUrl: env.DATABASE_READ_URL });
  // Directly: a transaction pooler refuses or forgets the role, and with it the wall.
  const authDb = createDb(env.DATABASE_DIRECT_URL ?? env.DATABASE_URL, { role: 'app_auth', max: 4, patience });
  const storage = storageConfig(env);
  const store = createObjectStore(storage);
  const queue = createQueue({
    url: directUrl,
    catalog: [...jobDefinitions, accountMail, dailyBackupJob],
    supervise: isWorker,
    onError: (error) => log.error('queue', { error }),
  });
  const texts = textModels(env);
  const tools: Tools = {
    db,
    store,
    queue,
    // A worker puts models that can be called in their place.
    models: {
      entries: modelEntries(env),
      order: modelOrder(env),
      modelOf: null,
      streamOf: (id) => texts.get(id) ?? null,
    },
    outside: createOutsideFetch({ allowed: env.OUTBOUND_ALLOW }),
    sealer: createSealer(parseKeyring(env.ENCRYPTION_KEYS)!, () => readKeptKeys(env.DATA_DIR)),
    guestPaid: env.GUEST_PAID,
    now: () => new Date(),
  };
  const relay = createEventRelay(db, (error) => {
    if (!isDatabaseAway(error)) log.error('live events', { error });
  });
  return {
    env,
    tools,
    relay,
    accounts: createAccounts({ env, authDb, tools, limits: env.RATE_LIMITS !== null }),
    limits:
      env.RATE_LIMITS === null ? null : createLimits(authDb, { scale: env.RATE_LIMITS, secret: env.SESSION_SECRET }),
    authDb,
    checks: {
      database: async () => void (await db.execute(sql`select 1`)),
      // It writes to a bucket, which costs money, and probes come every second.
      storage: remembered(() => checkStore(store), STORAGE_CHECK_EVERY_MS),
      queue: () => queue.ping(),
    },
    storageOrigins: storageOrigins(env),
    handleFile: storage.driver === 'disk' ? createDiskFiles(storage).handleFile : null,
    async close() {
      await relay.stop();
      await queue.stop();
      await Promise.all([db.close(), authDb.close()]);
    },
  };
}
