import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { countUse, type PoolUse, type UseCount } from './pool-use.ts';
import { countHabits, prepareOften } from './prepare-often.ts';
import { readFromReplica, watchReplica } from './replica.ts';
import * as schema from './schema/index.ts';
import { createWalled, type Walled } from './walled.ts';

export type DbOptions = {
  /** Connections at most. */
  max?: number;
  /** A role every connection starts as, instead of the login's own. */
  role?: 'app_auth';
  /** False behind a transaction pooler, which cannot keep prepared statements. */
  prepare?: boolean;
  applicationName?: string;
  /** For `walled`, where `url` leads through a transaction pooler. */
  directUrl?: string;
  /** A replica, for reads of visitors and those with `readAs`. */
  readUrl?: string | undefined;
  /** How long Postgres may take. Not told through a transaction pooler, which refuses such a connection. */
  patience?: Patience;
};

/** In milliseconds: for one statement, for a lock, and between two statements of one transaction. */
export type Patience = { statement: number; lock: number; idleInTransaction: number };

export const patienceParameters = ({ statement, lock, idleInTransaction }: Patience) => ({
  statement_timeout: statement,
  lock_timeout: lock,
  idle_in_transaction_session_timeout: idleInTransaction,
});

const drizzleOn = (client: postgres.Sql) => drizzle(client, { schema, casing: 'snake_case' });

/** Reports are few: one that waits for a connection is better than many that slow each other. */
const MOST_REPORTS = 4;

const connect = (url: string, options: DbOptions) =>
  postgres(url, {
    max: options.max ?? 10,
    prepare: options.prepare ?? true,
    // Notices ("already exists, skipping") are not for people.
    onnotice: () => {},
    connection: {
      application_name: options.applicationName ?? 'remixify',
      ...(options.role ? { role: options.role } : {}),
      ...(options.patience && options.prepare !== false ? patienceParameters(options.patience) : {}),
    },
    connect_timeout: 5,
    // Seconds between tries. The library's own pause grows to 20 s, and every query would wait for it.
    backoff: () => 0.25,
  });

export const createDb = (url: string, options: DbOptions = {}) => {
  const client = connect(url, options);
  const main = tend(client, options.max ?? 10);
  const reading = {
    ...(options.applicationName ? { applicationName: options.applicationName } : {}),
    ...(options.patience ? { patience: options.patience } : {}),
  };
  const primary = createWalled(options.directUrl ?? url, reading);
  const replica = options.readUrl
    ? openReplica(options.readUrl, options, createWalled(options.readUrl, reading))
    : null;
  const walled = replica ? readFromReplica(primary, replica.walled, replica.watch) : primary;
  return Object.assign(drizzleOn(client), {
    walled,
    /** Null: all is read from the primary. */
    replica,
    async close() {
      await Promise.all([client.end({ timeout: 5 }), replica?.client.end({ timeout: 5 }), walled.close()]);
    },
    /** By pool: transactions on `main` and on `replica`, and statements of the walled readers of either. */
    use: (): Record<string, PoolUse> => ({
      main: main.now(),
      walled: primary.use(),
      ...(replica ? { replica: replica.use(), replica_walled: replica.walled.use() } : {}),
    }),
  });
};

function openReplica(url: string, { role: _, ...options }: DbOptions, walled: Walled) {
  const client = connect(url, { ...options, max: MOST_REPORTS });
  const { now: use } = tend(client, MOST_REPORTS);
  return { client, db: drizzleOn(client), walled, watch: watchReplica(walled), use };
}

/** Counts transactions, because nearly everything goes through them, and lets what is asked often be prepared in them. */
function tend(client: postgres.Sql, max: number): UseCount {
  const habit = countHabits();
  const use = countUse(max);
  const begin = client.begin.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const tended = (...args: unknown[]) => {
    const work = args.pop() as (scoped: postgres.TransactionSql) => unknown;
    return use.during(() => begin(...args, (scoped: postgres.TransactionSql) => work(prepareOften(scoped, habit))));
  };
  client.begin = tended as typeof client.begin;
  prepareOften(client, habit);
  return use;
}

export type Db = ReturnType<typeof createDb>;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** The class of a Postgres error, such as `23505`, or null for anything else. */
export function sqlStateOf(error: unknown): string | null {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return cause instanceof postgres.PostgresError ? cause.code : null;
}

/** The constraint that a Postgres error names, or null. */
export function constraintOf(error: unknown): string | null {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  return cause instanceof postgres.PostgresError ? (cause.constraint_name ?? null) : null;
}
