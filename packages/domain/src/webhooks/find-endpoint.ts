import { type Tx, webhookEndpoints } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { mustActFor, mustHaveAccount } from '../permissions/read-asker.ts';
import type { WebhookView } from './schema.ts';

/** What a person may read of an endpoint; never its secrets. */
export const ENDPOINT_COLUMNS = {
  id: webhookEndpoints.id,
  brandId: webhookEndpoints.brandId,
  url: webhookEndpoints.url,
  description: webhookEndpoints.description,
  types: webhookEndpoints.types,
  state: webhookEndpoints.state,
  stoppedBecause: webhookEndpoints.stoppedBecause,
  failingSince: webhookEndpoints.failingSince,
  previousUntil: webhookEndpoints.previousUntil,
  createdAt: webhookEndpoints.createdAt,
};
type Row = Pick<typeof webhookEndpoints.$inferSelect, keyof typeof ENDPOINT_COLUMNS>;

export const viewEndpoint = ({ previousUntil, ...row }: Row, now: Date): WebhookView => ({
  ...row,
  types: row.types as WebhookView['types'],
  previousSecretUntil: previousUntil && previousUntil > now ? previousUntil : null,
});

/** One that the asker may manage, or `not_found`: the wall decides. */
export async function findEndpoint(tx: Tx, id: string): Promise<Row> {
  const [row] = await tx.select(ENDPOINT_COLUMNS).from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  if (!row) throw notFound('webhook');
  return row;
}

/** Throws unless the asker may make webhooks for themselves, or runs this brand. */
export async function mustManage(tx: Tx, ctx: UserContext, brandId: string | null | undefined): Promise<void> {
  mustHaveAccount(ctx, 'use_webhooks', 'Sign up to use webhooks. It is free.');
  if (!brandId) return;
  const sentence = 'Only owners and admins of a brand may manage its webhooks.';
  await mustActFor(tx, ctx, brandId, 'manage_webhooks', sentence);
}
