import { asOwner, transactAs, webhookDeliveries } from '@repo/db';
import { and, eq, gte, inArray, lte } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { findEndpoint, mustManage } from './find-endpoint.ts';
import { PING } from './rules.ts';
import type { ReplayInput } from './schema.ts';

/**
 * Sends deliveries again, under their old ids. What waits already is left as it is, so that a double click sends once.
 */
export const replayDeliveries = (ctx: UserContext, input: ReplayInput): Promise<{ replayed: number }> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const endpoint = await findEndpoint(tx, input.id);
    await mustManage(tx, ctx, endpoint.brandId);
    if (endpoint.state !== 'active') throw new DomainError('conflict', 'Let the webhook go on first, then replay.');
    const isTheirs = eq(webhookDeliveries.endpointId, input.id);
    if (input.deliveryId) {
      const [found] = await tx
        .select({ id: webhookDeliveries.id })
        .from(webhookDeliveries)
        .where(and(isTheirs, eq(webhookDeliveries.id, input.deliveryId)));
      if (!found) throw notFound('delivery');
    }
    return asOwner(tx, async (owner) => {
      const again = await owner
        .update(webhookDeliveries)
        .set({ state: 'waiting', tries: 0, dueAt: ctx.now(), lastProblem: null })
        .where(
          and(
            isTheirs,
            input.deliveryId ? eq(webhookDeliveries.id, input.deliveryId) : undefined,
            input.from ? gte(webhookDeliveries.happenedAt, input.from) : undefined,
            input.to ? lte(webhookDeliveries.happenedAt, input.to) : undefined,
            inArray(
              webhookDeliveries.state,
              input.deliveryId || input.all ? ['delivered', 'failed', 'dropped'] : ['failed'],
            ),
          ),
        )
        .returning({ id: webhookDeliveries.id });
      return { replayed: again.length };
    });
  });

/** Sends a test message. One that waits already is not sent twice. */
export const pingWebhook = (ctx: UserContext, id: string): Promise<{ deliveryId: string }> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const endpoint = await findEndpoint(tx, id);
    await mustManage(tx, ctx, endpoint.brandId);
    if (endpoint.state !== 'active') throw new DomainError('conflict', 'Let the webhook go on first, then test it.');
    return asOwner(tx, async (owner) => {
      const isWaiting = and(
        eq(webhookDeliveries.endpointId, id),
        eq(webhookDeliveries.type, PING),
        eq(webhookDeliveries.state, 'waiting'),
      );
      const [waiting] = await owner.select({ id: webhookDeliveries.id }).from(webhookDeliveries).where(isWaiting);
      if (waiting) return { deliveryId: waiting.id };
      const now = ctx.now();
      const [made] = await owner
        .insert(webhookDeliveries)
        .values({ endpointId: id, type: PING, happenedAt: now, dueAt: now })
        .returning({ id: webhookDeliveries.id });
      return { deliveryId: made!.id };
    });
  });
