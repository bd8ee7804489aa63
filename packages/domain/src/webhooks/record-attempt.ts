import { type Tx, transactAs, webhookAttempts, webhookDeliveries, webhookEndpoints } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import { tellWebhookStoppedJob } from '../job-definitions.ts';
import type { ClaimedDelivery } from './claim-deliveries.ts';
import { pauseAfter, STOPPED_AFTER_DAYS } from './rules.ts';
import type { Sent } from './send-delivery.ts';

const DAY_MS = 86_400_000;

/** Writes down what a try brought and what follows. Nothing is left of an endpoint that was removed meanwhile. */
export const recordAttempt = (ctx: SystemContext, claimed: ClaimedDelivery, sent: Sent): Promise<void> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const { delivery, endpoint } = claimed;
    const [before] = await tx
      .select({ failingSince: webhookEndpoints.failingSince })
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.id, endpoint.id))
      .for('update');
    if (!before) return;
    const now = ctx.now();
    const { tookMs, status, problem, snippet } = sent;
    await tx
      .insert(webhookAttempts)
      .values({ deliveryId: delivery.id, tookMs, status, problem, snippet, createdAt: now });

    const tries = delivery.tries + 1;
    const pause = problem === null ? null : pauseAfter(tries, Math.random(), sent.wishedMs);
    await tx
      .update(webhookDeliveries)
      .set({
        state: problem === null ? 'delivered' : pause === null ? 'failed' : 'waiting',
        tries,
        dueAt: pause === null ? null : new Date(now.getTime() + pause),
        lastProblem: problem,
      })
      .where(and(eq(webhookDeliveries.id, delivery.id), eq(webhookDeliveries.state, 'waiting')));

    const failingSince = problem === null ? null : (before.failingSince ?? now);
    await tx
      .update(webhookEndpoints)
      .set({ failingSince, lastMs: tookMs, claimedUntil: null })
      .where(eq(webhookEndpoints.id, endpoint.id));
    if (status === 410) await stop(tx, ctx, claimed, 'The endpoint answered 410: it is gone.');
    else if (failingSince && now.getTime() - failingSince.getTime() > STOPPED_AFTER_DAYS * DAY_MS) {
      await stop(tx, ctx, claimed, `Every delivery failed for ${STOPPED_AFTER_DAYS} days. The last time: ${problem}`);
    }
  });

/** Nobody may be told any more, or nobody listens: it is stopped, and its owner learns why. */
export const stopEndpoint = (ctx: SystemContext, claimed: ClaimedDelivery, because: string): Promise<void> =>
  transactAs(ctx.db, ctx.actor, (tx) => stop(tx, ctx, claimed, because));

async function stop(tx: Tx, ctx: SystemContext, { endpoint }: ClaimedDelivery, because: string): Promise<void> {
  const [stopped] = await tx
    .update(webhookEndpoints)
    .set({ state: 'stopped', stoppedBecause: because, claimedUntil: null })
    .where(and(eq(webhookEndpoints.id, endpoint.id), eq(webhookEndpoints.state, 'active')))
    .returning({ id: webhookEndpoints.id });
  if (!stopped) return;
  const { id, ownerId, brandId } = endpoint;
  await recordEvent(tx, ctx.actor, { noun: 'webhook', nounId: id, verb: 'stopped', audienceId: ownerId, brandId });
  await ctx.queue.enqueue(tx, tellWebhookStoppedJob, { webhookId: id });
}

/** It must not be sent: that is its end. */
export const dropDelivery = (ctx: SystemContext, { delivery, endpoint }: ClaimedDelivery, because: string) =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await tx
      .update(webhookDeliveries)
      .set({ state: 'dropped', dueAt: null, lastProblem: because })
      .where(eq(webhookDeliveries.id, delivery.id));
    await tx.update(webhookEndpoints).set({ claimedUntil: null }).where(eq(webhookEndpoints.id, endpoint.id));
  });
