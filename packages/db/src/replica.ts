import postgres from 'postgres';
import type { Walled } from './walled.ts';

export type ReplicaOptions = {
  /** A replica further behind than this is not asked. */
  maxLagMs?: number;
  checkEveryMs?: number;
};

const MAX_LAG_MS = 10_000;
const CHECK_EVERY_MS = 2_000;

/**
 * Visitors read from the replica while it keeps up, and from the primary when it does not or is away. Whoever has a
 * session reads from the primary: they must see what they have just written.
 */
export function readFromReplica(
  primary: Walled,
  replica: Walled,
  { maxLagMs = MAX_LAG_MS, checkEveryMs = CHECK_EVERY_MS }: ReplicaOptions = {},
): Walled {
  let keepsUp = false;
  let checkedAt = Number.NEGATIVE_INFINITY;

  async function check(): Promise<void> {
    checkedAt = performance.now();
    keepsUp = await lagOf(replica).then(
      (lagMs) => lagMs <= maxLagMs,
      () => false,
    );
  }

  return {
    async read(actor, text, parameters) {
      if (actor.kind !== 'visitor') return primary.read(actor, text, parameters);
      // Nobody waits for the question: until it is answered, what was known before counts.
      if (performance.now() - checkedAt > checkEveryMs) void check();
      if (!keepsUp) return primary.read(actor, text, parameters);
      try {
        return await replica.read(actor, text, parameters);
      } catch (error) {
        // A mistake in the statement is one there too; everything else is the replica's trouble.
        if (error instanceof postgres.PostgresError && error.code.startsWith('42')) throw error;
        keepsUp = false;
        return primary.read(actor, text, parameters);
      }
    },
    async close() {
      await Promise.all([primary.close(), replica.close()]);
    },
  };
}

/** Zero where everything that arrived is applied: on a quiet night the last change is hours old. */
const LAG = `
  select case when not pg_is_in_recovery() or pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
    else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000, 1e9) end::float8 as lag`;

async function lagOf(replica: Walled): Promise<number> {
  const [row] = await replica.read<{ lag: number }>({ kind: 'visitor' }, LAG, []);
  return row!.lag;
}
