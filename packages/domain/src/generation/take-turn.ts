import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';

/** How many of one person's requests are worked on at once, over all processes. */
export const OWNER_AT_ONCE = 4;

/**
 * The turn of a person's next request: start-time fair queueing. Everybody's n-th waiting request stands in about
 * the same place, so that five hundred of one person never stand before the first of another. Wants the owner's rights.
 */
export async function takeTurn(tx: Tx, ownerId: string, isBatch: boolean): Promise<number> {
  const [row] = await tx.execute<{ turn: string }>(sql`
    select greatest(
      coalesce((select max(turn) from generation
                where owner_id = ${ownerId} and status in ('queued', 'running', 'retrying', 'checking')), 0),
      coalesce((select min(turn) from generation
                where status in ('queued', 'retrying', 'checking') and is_batch = ${isBatch}),
               (select max(turn) from generation where status in ('running', 'checking')), 0)
    ) + 1 as turn`);
  return Number(row!.turn);
}
