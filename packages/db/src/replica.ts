import postgres from 'postgres';
import type { Walled } from './walled.ts';

export type ReplicaOptions = {
  /** A replica further behind than this is not asked. */
  maxLagMs?: number;
  checkEveryMs?: number;
};

const MAX_LAG_MS = 10_000;
const CHECK_EVERY_MS = 2_000;

export type ReplicaWatch = {
  /** As of the last look. Nobody waits for the next one: until it is over, what was known before counts. */
  keepsUp(): boolean;
  /** True: not the statement or its asker but the replica is at fault. It is not asked again before the next look. */
  isAtFault(error: unknown): boolean;
};

export function watchReplica(
  replica: Walled,
  { maxLagMs = MAX_LAG_MS, checkEveryMs = CHECK_EVERY_MS }: ReplicaOptions = {},
): ReplicaWatch {
  let isUp = false;
  let checkedAt = Number.NEGATIVE_INFINITY;

  async function check(): Promise<void> {
    checkedAt = performance.now();
    isUp = await lagOf(replica).then(
      (lagMs) => lagMs <= maxLagMs,
      () => false,
    );
  }

  return {
    keepsUp() {
      if (performance.now() - checkedAt > checkEveryMs) void check();
      return isUp;
    },
    isAtFault(error) {
      if (!isTrouble(error)) return false;
      isUp = false;
      return true;
    },
  };
}

/** A mistake in a statement is one on the primary too, and one that takes too long is not begun a second time. */
const SAME_EVERYWHERE = /^(2[235]|42|57014)/;

/** Of Postgres or of the way to it: refusals of our own, and bugs, are neither. */
function isTrouble(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error;
  if (cause instanceof postgres.PostgresError) return !SAME_EVERYWHERE.test(cause.code);
  return cause instanceof Error && 'code' in cause && /^[A-Z][A-Z_]+$/.test(String(cause.code));
}

/**
 * Visitors read from the replica while it keeps up, and from the primary when it does not or is away. Whoever has a
 * session reads from the primary: they must see what they have just written.
 */
export const readFromReplica = (primary: Walled, replica: Walled, watch: ReplicaWatch): Walled => ({
  async read(actor, text, parameters) {
    if (actor.kind !== 'visitor' || !watch.keepsUp()) return primary.read(actor, text, parameters);
    try {
      return await replica.read(actor, text, parameters);
    } catch (error) {
      if (!watch.isAtFault(error)) throw error;
      return primary.read(actor, text, parameters);
    }
  },
  write: (actor, text, parameters) => primary.write(actor, text, parameters),
  use: primary.use,
  async close() {
    await Promise.all([primary.close(), replica.close()]);
  },
});

/** Zero where everything that arrived is applied: on a quiet night the last change is hours old. */
const LAG = `
  select case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
    else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000, 1e9) end::float8 as lag`;

async function lagOf(replica: Walled): Promise<number> {
  const [row] = await replica.read<{ lag: number }>({ kind: 'visitor' }, LAG, []);
  return row!.lag;
}
