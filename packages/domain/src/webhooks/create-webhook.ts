import { randomUUID } from 'node:crypto';
import { asOwner, type Tx, transactAs, webhookEndpoints } from '@repo/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { oncePerPress } from '../presses/once-per-press.ts';
import { openSecrets, sealSecret } from './endpoint-secrets.ts';
import { ENDPOINT_COLUMNS, mustManage, viewEndpoint } from './find-endpoint.ts';
import { mustBeOutside } from './must-be-outside.ts';
import { SECRET_AGAIN_HOURS, WEBHOOKS_AT_MOST } from './rules.ts';
import type { CreateWebhookInput, WebhookWithSecret } from './schema.ts';
import { newSecret } from './sign-message.ts';

/** Makes a webhook. Its secret is in this answer, and for a day in those to the same key: a lost answer can be had again. */
export const createWebhook = (ctx: UserContext, input: CreateWebhookInput): Promise<WebhookWithSecret> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const brandId = input.brandId ?? null;
    await mustManage(tx, ctx, brandId);
    mustBeOutside(ctx, input.url);
    return oncePerPress(tx, ctx, {
      noun: 'webhook',
      request: { ...input, brandId },
      make: () => addWebhook(tx, ctx, { ...input, brandId }),
      again: (id) => showAgain(tx, ctx, id),
    });
  });

function addWebhook(
  tx: Tx,
  ctx: UserContext,
  { url, types, description, brandId }: CreateWebhookInput & { brandId: string | null },
): Promise<WebhookWithSecret> {
  const [id, secret, ownerId] = [randomUUID(), newSecret(), ctx.actor.userId];
  return asOwner(tx, async (owner) => {
    // Two presses at once count each other.
    await owner.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${brandId ?? ownerId}`}, 0))`);
    const isTheirs = brandId
      ? eq(webhookEndpoints.brandId, brandId)
      : and(eq(webhookEndpoints.ownerId, ownerId), isNull(webhookEndpoints.brandId));
    if ((await owner.$count(webhookEndpoints, isTheirs)) >= WEBHOOKS_AT_MOST) {
      throw new DomainError('conflict', `There are ${WEBHOOKS_AT_MOST} webhooks already. Remove one first.`);
    }
    const [row] = await owner
      .insert(webhookEndpoints)
      .values({
        id,
        ownerId,
        brandId,
        url,
        types,
        description,
        secret: sealSecret(ctx, id, 'secret', secret),
      })
      .returning(ENDPOINT_COLUMNS);
    await recordEvent(owner, ctx.actor, { noun: 'webhook', nounId: id, verb: 'created', brandId });
    return { ...viewEndpoint(row!, ctx.now()), secret };
  });
}

/** With the secret that it was made with, while that is new and still the one that signs. */
async function showAgain(tx: Tx, ctx: UserContext, id: string): Promise<WebhookWithSecret | null> {
  const isIt = eq(webhookEndpoints.id, id);
  const [row] = await tx.select(ENDPOINT_COLUMNS).from(webhookEndpoints).where(isIt);
  if (!row) return null;
  const [sealed] = await asOwner(tx, (owner) =>
    owner
      .select({
        id: webhookEndpoints.id,
        secret: webhookEndpoints.secret,
        previousSecret: webhookEndpoints.previousSecret,
        previousUntil: webhookEndpoints.previousUntil,
      })
      .from(webhookEndpoints)
      .where(isIt),
  );
  const now = ctx.now();
  const isNew = now.getTime() - row.createdAt.getTime() < SECRET_AGAIN_HOURS * 3_600_000;
  if (!sealed || !isNew || sealed.previousSecret !== null) {
    throw new DomainError(
      'conflict',
      'This idempotency key made a webhook already, and its secret was shown. Give it a new secret if that one is lost.',
      { webhookId: id },
    );
  }
  return { ...viewEndpoint(row, now), secret: openSecrets(ctx, sealed, now)[0]! };
}
