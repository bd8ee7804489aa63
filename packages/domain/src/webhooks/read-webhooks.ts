import { transactAs, webhookEndpoints } from '@repo/db';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { ENDPOINT_COLUMNS, findEndpoint, mustManage, viewEndpoint } from './find-endpoint.ts';
import type { WebhooksInput, WebhookView } from './schema.ts';

/** The asker's own webhooks, or those of a brand they run, newest first. */
export const readWebhooks = (ctx: UserContext, { brandId }: WebhooksInput): Promise<WebhookView[]> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    if (brandId) await mustManage(tx, ctx, brandId);
    const isTheirs = brandId
      ? eq(webhookEndpoints.brandId, brandId)
      : and(isNull(webhookEndpoints.brandId), eq(webhookEndpoints.ownerId, ctx.actor.userId));
    const rows = await tx
      .select(ENDPOINT_COLUMNS)
      .from(webhookEndpoints)
      .where(isTheirs)
      .orderBy(desc(webhookEndpoints.createdAt), desc(webhookEndpoints.id));
    return rows.map((row) => viewEndpoint(row, ctx.now()));
  });

export const readWebhook = (ctx: UserContext, id: string): Promise<WebhookView> =>
  transactAs(ctx.db, ctx.actor, async (tx) => viewEndpoint(await findEndpoint(tx, id), ctx.now()));
