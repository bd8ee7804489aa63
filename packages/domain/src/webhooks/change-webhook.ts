import { asOwner, transactAs, webhookDeliveries, webhookEndpoints } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import { openSecrets, sealSecret } from './endpoint-secrets.ts';
import { ENDPOINT_COLUMNS, findEndpoint, mustManage, viewEndpoint } from './find-endpoint.ts';
import { mustBeOutside } from './must-be-outside.ts';
import { ROTATION_HOURS } from './rules.ts';
import type { UpdateWebhookInput, WebhookView, WebhookWithSecret } from './schema.ts';
import { newSecret } from './sign-message.ts';

/**
 * Changes what is told and where; pauses it, or lets it go on. While paused, nothing is sent and nothing new is kept;
 * what waited is sent afterwards.
 */
export const updateWebhook = (ctx: UserContext, { id, state, ...change }: UpdateWebhookInput): Promise<WebhookView> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const before = await findEndpoint(tx, id);
    await mustManage(tx, ctx, before.brandId);
    if (change.url) mustBeOutside(ctx, change.url);
    return asOwner(tx, async (owner) => {
      const resumes = state === 'active' && before.state !== 'active';
      const [row] = await owner
        .update(webhookEndpoints)
        .set({
          ...change,
          ...(state && { state }),
          // Whoever takes it up again answers for it: it is told what they may see.
          ...(resumes && { stoppedBecause: null, failingSince: null, ownerId: ctx.actor.userId }),
          id,
        })
        .where(eq(webhookEndpoints.id, id))
        .returning(ENDPOINT_COLUMNS);
      if (resumes) {
        const waits = and(eq(webhookDeliveries.endpointId, id), eq(webhookDeliveries.state, 'waiting'));
        await owner.update(webhookDeliveries).set({ dueAt: ctx.now() }).where(waits);
      }
      return viewEndpoint(row!, ctx.now());
    });
  });

/** Ends it, with its log and whatever waits. */
export const removeWebhook = (ctx: UserContext, id: string): Promise<void> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const { brandId } = await findEndpoint(tx, id);
    await mustManage(tx, ctx, brandId);
    await asOwner(tx, async (owner) => {
      await owner.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
      await recordEvent(owner, ctx.actor, { noun: 'webhook', nounId: id, verb: 'removed', brandId });
    });
  });

/** A new secret, in this answer only. The one before it signs too for a day, so that nothing is missed meanwhile. */
export const rotateSecret = (ctx: UserContext, id: string): Promise<WebhookWithSecret> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const { brandId } = await findEndpoint(tx, id);
    await mustManage(tx, ctx, brandId);
    return asOwner(tx, async (owner) => {
      const [before] = await owner.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)).for('update');
      const [secret, now] = [newSecret(), ctx.now()];
      const [old] = openSecrets(ctx, before!, now);
      const [row] = await owner
        .update(webhookEndpoints)
        .set({
          secret: sealSecret(ctx, id, 'secret', secret),
          previousSecret: sealSecret(ctx, id, 'previous_secret', old!),
          previousUntil: new Date(now.getTime() + ROTATION_HOURS * 3_600_000),
        })
        .where(eq(webhookEndpoints.id, id))
        .returning(ENDPOINT_COLUMNS);
      await recordEvent(owner, ctx.actor, { noun: 'webhook', nounId: id, verb: 'secret_rotated', brandId });
      return { ...viewEndpoint(row!, now), secret };
    });
  });
