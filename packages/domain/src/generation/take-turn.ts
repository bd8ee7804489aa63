import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';

/** How many of one person's requests are worked on at once, over all processes. */
export const OWNER_AT_ONCE = 4;

/** Whoever asks twice at once gets two turns. */
const TURN_LOCK = 727_318_906;

type Waiting = { ownerId: string; provider: string; isBatch: boolean };

/**
 * The turn of a person's next request: start-time fair queueing. Everybody's n-th waiting request stands in about
 * the same place of its line, so that five hundred of one person never stand before the first of another. Wants the
 * owner's rights.
 */
export async function takeTurn(tx: Tx, { ownerId, provider, isBatch }: Waiting): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${TURN_LOCK}, hashtext(${ownerId}))`);
  const [row] = await tx.execute<{ turn: string }>(sql`
    select greatest(
      coalesce((select max(turn) from generation
                where owner_id = ${ownerId} and is_batch = ${isBatch} and provider = ${provider}
                  and status in ('queued', 'running', 'retrying', 'checking')), 0),
      coalesce((select min(turn) from generation
                where status in ('queued', 'retrying') and provider = ${provider} and is_batch = ${isBatch}),
               (select max(turn) from generation
                where status in ('running', 'checking') and provider = ${provider} and is_batch = ${isBatch}), 0)
    ) + 1 as turn`);
  return Number(row!.turn);
}
