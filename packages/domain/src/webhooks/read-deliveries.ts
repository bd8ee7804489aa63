import { transactAs, webhookAttempts, webhookDeliveries } from '@repo/db';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { cursorOf, readCursor } from '../paging/cursor.ts';
import type { Page } from '../paging/schema.ts';
import { findEndpoint } from './find-endpoint.ts';
import type { DeliveriesInput, DeliveryView } from './schema.ts';

/** What was sent to a webhook and what came back, newest first. */
export const readDeliveries = (ctx: UserContext, input: DeliveriesInput): Promise<Page<DeliveryView>> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await findEndpoint(tx, input.id);
    const after = readCursor(input.cursor);
    const { createdAt, id } = webhookDeliveries;
    // The time of a cursor has milliseconds only.
    const at = sql`date_trunc('milliseconds', ${createdAt})`;
    const rows = await tx
      .select()
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.endpointId, input.id),
          after ? sql`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : undefined,
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(input.limit + 1);
    const shown = rows.slice(0, input.limit);
    const last = rows.length > input.limit ? shown.at(-1) : undefined;
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
      nextCursor: last ? cursorOf({ at: last.createdAt, id: last.id }) : null,
    };
  });
