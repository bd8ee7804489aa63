import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { readFromReplica } from './replica.ts';
import * as schema from './schema/index.ts';
import { createWalled } from './walled.ts';

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
  /** A replica, for reads of visitors. */
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

export const createDb = (url: string, options: DbOptions = {}) => {
  const client = postgres(url, {
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
  const use = countTransactions(client, options.max ?? 10);
  const reading = {
    ...(options.applicationName ? { applicationName: options.applicationName } : {}),
    ...(options.patience ? { patience: options.patience } : {}),
  };
  const primary = createWalled(options.directUrl ?? url, reading);
  const walled = options.readUrl ? readFromReplica(primary, createWalled(options.readUrl, reading)) : primary;
  return Object.assign(drizzle(client, { schema, casing: 'snake_case' }), {
    walled,
    async close() {
      await Promise.all([client.end({ timeout: 5 }), walled.close()]);
    },
    /** Transactions that have a connection, and those that wait for one. */
    use,
  });
};

/** The library does not tell how its pool does; nearly everything goes through transactions, so those are counted. */
function countTransactions(client: postgres.Sql, max: number): () => { inUse: number; waiting: number } {
  let under = 0;
  const begin = client.begin.bind(client) as (...args: unknown[]) => Promise<unknown>;
  const counted = (...args: unknown[]) => {
    under += 1;
    return begin(...args).finally(() => {
      under -= 1;
    });
  };
  client.begin = counted as typeof client.begin;
  return () => ({ inUse: Math.min(under, max), waiting: Math.max(0, under - max) });
}

export type Db = ReturnType<typeof createDb>;
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

/** Who is asking. `visitor` is somebody without even a guest row. The system is trusted: it runs as the owner. */
export type Actor =
  | { kind: 'visitor' }
  | { kind: 'user'; userId: string; isGuest: boolean }
  | { kind: 'system'; job: string };

/**
 * Runs `work` in a transaction in which Postgres itself hides every row `actor` may not see.
 * The one way to touch data: a query outside it has no tenant.
 */
export function transactAs<T>(db: Db, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    if (actor.kind !== 'system') {
      const userId = actor.kind === 'user' ? actor.userId : '';
      await tx.execute(sql`select set_config('app.user_id', ${userId}, true), set_config('role', 'app_user', true)`);
    }
    return work(tx);
  });
}

/**
 * Lets a verb write, inside the actor's own transaction, what no person may write directly: the ledger,
 * the queue, the event log, a status. Check the actor's right before; keep what happens inside small.
 */
export async function asOwner<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const [before] = await tx.execute<{ role: string }>(
    sql`select current_setting('role') as role, set_config('role', 'none', true)`,
  );
  const result = await work(tx);
  // After a throw the transaction is over, and the role with it.
  await tx.execute(sql`select set_config('role', ${before!.role}, true)`);
  return result;
}

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
