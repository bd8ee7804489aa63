import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { type Patience, patienceParameters } from './client.ts';
import { letInBy, type PoolUse } from './pool-use.ts';
import type { Actor } from './transact.ts';

export type Parameter = string | number | boolean | null | readonly string[];

/**
 * One statement each. Its connections start as `app_user` and read only, so a statement is walled whether it stands in a
 * transaction or not: a visitor's needs none, and a person's is sent together with what begins and ends its transaction.
 */
export type Walled = {
  /** The rows that `actor` may see. `text` is the same each time; what differs goes into `parameters`. */
  read<Row extends object>(actor: Asker, text: string, parameters: readonly Parameter[]): Promise<Row[]>;
  /** The same for a statement that writes what a person may write themselves; it is kept when this resolves. */
  write<Row extends object>(
    actor: Extract<Actor, { kind: 'user' }>,
    text: string,
    parameters: readonly Parameter[],
  ): Promise<Row[]>;
  use(): PoolUse;
  close(): Promise<void>;
};

type Asker = Exclude<Actor, { kind: 'system' }>;

export type WalledOptions = { max?: number; prepare?: boolean; applicationName?: string; patience?: Patience };

/** `url` is a direct connection: a transaction pooler refuses or forgets the role. Nothing is connected before a read. */
export function createWalled(
  url: string,
  { max = 6, prepare = true, applicationName, patience }: WalledOptions = {},
): Walled {
  const client = postgres(url, {
    max,
    onnotice: () => {},
    connection: {
      application_name: `${applicationName ?? 'remixify'}-reader`,
      role: 'app_user',
      default_transaction_read_only: true,
      ...(patience ? patienceParameters(patience) : {}),
    },
    connect_timeout: 5,
    backoff: () => 0.25,
  });
  // A place each: whoever reserves a connection would else wait behind all who only use one.
  const use = letInBy(max);

  async function once<Row>(
    userId: string,
    begin: string,
    text: string,
    parameters: readonly Parameter[],
  ): Promise<Row[]> {
    const reserved = await client.reserve();
    // One trip for all four. Were `begin` to fail, the statement would run as nobody: the connection is walled by itself.
    const sent = [
      reserved.unsafe(begin).execute(),
      reserved.unsafe("select set_config('app.user_id', $1, true)", [userId], { prepare }).execute(),
      reserved.unsafe(text, parameters as Values, { prepare }).execute(),
      reserved.unsafe('commit').execute(),
    ];
    const outcomes = await Promise.race([Promise.allSettled(sent), lossAmong(sent)]);
    // What was lost is in the pool again already, to be connected anew.
    if ('lost' in outcomes) throw outcomes.lost;
    reserved.release();
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
    const [, , rows, ended] = (await Promise.all(sent)) as [
      unknown,
      unknown,
      postgres.RowList<never[]>,
      { command: string },
    ];
    // The library asks a statement again whose plan is stale since a migration: by then the transaction is over.
    if (ended.command !== 'COMMIT') throw new Error(`A statement of a person ended in ${ended.command}.`);
    return rows as unknown as Row[];
  }

  return {
    read: <Row extends object>(actor: Asker, text: string, parameters: readonly Parameter[]) =>
      use.during(async () => {
        if (actor.kind === 'user') return once<Row>(actor.userId, 'begin read only', text, parameters);
        return (await client.unsafe(text, parameters as Values, { prepare })) as unknown as Row[];
      }),
    write: (actor, text, parameters) => use.during(() => once(actor.userId, 'begin read write', text, parameters)),
    use: use.now,
    async close() {
      // A connection that is given back does not look whether its pool has ended.
      await Promise.race([use.idle(), sleep(CLOSE_MS, undefined, { ref: false })]);
      await client.end({ timeout: 5 });
    },
  };
}

const CLOSE_MS = 5_000;

type Values = Parameters<postgres.Sql['unsafe']>[1];

/** Resolves with the failure that tells that the connection is gone: what had not been sent is never answered. */
function lossAmong(sent: readonly Promise<unknown>[]): Promise<{ lost: unknown }> {
  return new Promise((resolve) => {
    for (const one of sent) one.catch((error: unknown) => isLoss(error) && resolve({ lost: error }));
  });
}

/** Postgres hangs up after what is fatal. Else: the library's own codes, such as `CONNECTION_CLOSED`, and a socket's. */
function isLoss(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity === 'FATAL' || error.severity === 'PANIC';
  return /^(CONNECTION_|E[A-Z_]+$)/.test((error as { code?: string }).code ?? '');
}
