import { transactAs, webhookAttempts, webhookDeliveries } from '@repo/db';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { readPage } from '../paging/read-page.ts';
import type { Page } from '../paging/schema.ts';
import { findEndpoint } from './find-endpoint.ts';
import type { DeliveriesInput, DeliveryView } from './schema.ts';

/** What was sent to a webhook and what came back, newest first. */
export const readDeliveries = (ctx: UserContext, input: DeliveriesInput): Promise<Page<DeliveryView>> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await findEndpoint(tx, input.id);
    const { createdAt, id } = webhookDeliveries;
    const { items: shown, ...rest } = await readPage(tx, ctx, {
      page: input,
      from: webhookDeliveries,
      where: eq(webhookDeliveries.endpointId, input.id),
      // The time of a cursor has milliseconds only.
      by: [sql`date_trunc('milliseconds', ${createdAt})`, id],
      select: ({ where, orderBy, limit }) =>
        tx
          .select()
          .from(webhookDeliveries)
          .where(where)
          .orderBy(...orderBy)
          .limit(limit),
      keyOf: (row) => ({ at: row.createdAt, id: row.id }),
    });
    const ids = shown.map((row) => row.id);
    const attempts = ids.length
      ? await tx
          .select()
          .from(webhookAttempts)
          .where(inArray(webhookAttempts.deliveryId, ids))
          .orderBy(asc(webhookAttempts.createdAt), asc(webhookAttempts.id))
      : [];
    return {
      items: shown.map((row) => ({
        id: row.id,
        type: row.type as DeliveryView['type'],
        state: row.state,
        happenedAt: row.happenedAt,
        dueAt: row.state === 'waiting' ? row.dueAt : null,
        problem: row.lastProblem,
        attempts: attempts
          .filter(({ deliveryId }) => deliveryId === row.id)
          .map(({ createdAt: when, tookMs, status, problem, snippet }) => ({
            at: when,
            tookMs,
            status,
            problem,
            snippet,
          })),
      })),
      ...rest,
    };
  });
