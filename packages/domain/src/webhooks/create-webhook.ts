import { randomUUID } from 'node:crypto';
import { asOwner, transactAs, webhookEndpoints } from '@repo/db';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { sealSecret } from './endpoint-secrets.ts';
import { ENDPOINT_COLUMNS, mustManage, viewEndpoint } from './find-endpoint.ts';
import { mustBeOutside } from './must-be-outside.ts';
import { WEBHOOKS_AT_MOST } from './rules.ts';
import type { CreateWebhookInput, WebhookWithSecret } from './schema.ts';
import { newSecret } from './sign-message.ts';

/** Makes a webhook. Its secret is in this answer and in no other. */
export const createWebhook = (ctx: UserContext, input: CreateWebhookInput): Promise<WebhookWithSecret> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const { url, types, description } = input;
    const brandId = input.brandId ?? null;
    await mustManage(tx, ctx, brandId);
    mustBeOutside(ctx, url);
    const [id, secret, ownerId] = [randomUUID(), newSecret(), ctx.actor.userId];
    return asOwner(tx, async (owner) => {
      // Two presses at once count each other.
      await owner.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${brandId ?? ownerId}`}, 0))`,
      );
      const isTheirs = brandId
        ? eq(webhookEndpoints.brandId, brandId)
        : and(eq(webhookEndpoints.ownerId, ownerId), isNull(webhookEndpoints.brandId));
      if ((await owner.$count(webhookEndpoints, isTheirs)) >= WEBHOOKS_AT_MOST) {
        throw new DomainError('conflict', `There are ${WEBHOOKS_AT_MOST} webhooks already. Remove one first.`);
      }
      const [row] = await owner
        .insert(webhookEndpoints)
        .values({ id, ownerId, brandId, url, types, description, secret: sealSecret(ctx, id, 'secret', secret) })
        .returning(ENDPOINT_COLUMNS);
      await recordEvent(owner, ctx.actor, { noun: 'webhook', nounId: id, verb: 'created', brandId });
      return { ...viewEndpoint(row!, ctx.now()), secret };
    });
  });
