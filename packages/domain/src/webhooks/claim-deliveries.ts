import { transactAs, webhookDeliveries, webhookEndpoints } from '@repo/db';
import { eq, inArray, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';

/** Longer than any send can take; whoever died with a claim lets go of it then. */
const CLAIM_MS = 30_000;
/** Slower than this is slow: such endpoints share a few seats, whoever answers promptly has the others. */
const SLOW_MS = 2_000;

export type Seats = { prompt: number; slow: number };

export type ClaimedDelivery = {
  delivery: typeof webhookDeliveries.$inferSelect;
  endpoint: typeof webhookEndpoints.$inferSelect;
  isSlow: boolean;
};

/**
 * The oldest due delivery of as many endpoints as there are seats, one each: an endpoint never holds up another, and
 * what happened first is sent first.
 */
export const claimDeliveries = (ctx: SystemContext, seats: Seats): Promise<ClaimedDelivery[]> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const now = ctx.now();
    const at = sql`${now.toISOString()}::timestamptz`;
    const lane = (isSlow: boolean, free: number) => sql`(
      select endpoint.id, due.id as delivery_id, ${isSlow}::boolean as is_slow from webhook_endpoint endpoint
      cross join lateral (
        select id, due_at from webhook_delivery
        where endpoint_id = endpoint.id and state = 'waiting' and due_at <= ${at}
        order by due_at, id limit 1
      ) due
      where endpoint.state = 'active' and (endpoint.claimed_until is null or endpoint.claimed_until <= ${at})
        and (endpoint.failing_since is not null or coalesce(endpoint.last_ms, 0) > ${SLOW_MS}) = ${isSlow}::boolean
      order by due.due_at limit ${Math.max(0, free)} for update of endpoint skip locked)`;
    const due = await tx.execute<{ id: string; delivery_id: string; is_slow: boolean }>(
      sql`with prompt as ${lane(false, seats.prompt)}, slow as ${lane(true, seats.slow)}
        select * from prompt union all select * from slow`,
    );
    if (due.length === 0) return [];
    const endpoints = await tx
      .update(webhookEndpoints)
      .set({ claimedUntil: new Date(now.getTime() + CLAIM_MS) })
      .where(
        inArray(
          webhookEndpoints.id,
          due.map(({ id }) => id),
        ),
      )
      .returning();
    const deliveries = await tx
      .select()
      .from(webhookDeliveries)
      .where(
        inArray(
          webhookDeliveries.id,
          due.map(({ delivery_id }) => delivery_id),
        ),
      );
    const claimed: ClaimedDelivery[] = [];
    for (const row of due) {
      const endpoint = endpoints.find(({ id }) => id === row.id);
      const delivery = deliveries.find(({ id }) => id === row.delivery_id);
      if (endpoint && delivery) claimed.push({ endpoint, delivery, isSlow: row.is_slow });
    }
    return claimed;
  });

/** Lets go of an endpoint whose delivery was not sent. */
export const releaseEndpoint = (ctx: SystemContext, id: string): Promise<unknown> =>
  transactAs(ctx.db, ctx.actor, (tx) =>
    tx.update(webhookEndpoints).set({ claimedUntil: null }).where(eq(webhookEndpoints.id, id)),
  );
