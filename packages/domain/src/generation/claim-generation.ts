import { randomUUID } from 'node:crypto';
import { generations, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import { entryOf } from './catalogue.ts';
import type { GenerationRow } from './open-generation.ts';
import { isSettled, MAX_ATTEMPTS } from './rules.ts';
import { settleCancelled, settleFailed } from './settle-generation.ts';

/** A worker that was not heard of for this long holds its claim no more. Beats come every 3 s at most. */
export const CLAIM_STALE_MS = 10_000;
const GIVE_UP_AFTER_MS = 30 * 60_000;

/**
 * Takes a generation for this run, or settles one that can only be settled. Null: there is nothing to do,
 * or another run is at it. The claim's token fences: whoever lost it can finish nothing.
 */
export function claimGeneration(ctx: SystemContext, id: string): Promise<GenerationRow | null> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const [found] = await tx.select().from(generations).where(eq(generations.id, id)).for('update');
    if (!found || isSettled(found.status)) return null;
    const now = ctx.now();
    const beat = found.heartbeatAt?.getTime() ?? 0;
    if (found.runToken && now.getTime() - beat < CLAIM_STALE_MS) return null;
    if (found.nextTryAt && found.nextTryAt > now) return null;

    if (found.cancelRequested) {
      await settleCancelled(tx, ctx, found);
      return null;
    }
    const isPaid = entryOf(ctx.models, found.model)?.isPaid ?? true;
    if (isPaid && found.submittedAt && !found.operationRef) {
      // The last run died between asking and hearing. Asking again could pay twice, so the hold goes back instead.
      await settleFailed(tx, ctx, found, {
        reason: 'unavailable',
        ownWords: 'We could not find out whether the model took this request.',
      });
      return null;
    }
    if (found.attempt >= MAX_ATTEMPTS) {
      await settleFailed(tx, ctx, found, { reason: found.failure ?? 'internal' });
      return null;
    }
    if (now.getTime() - found.createdAt.getTime() > GIVE_UP_AFTER_MS) {
      await settleFailed(tx, ctx, found, { reason: 'timed_out' });
      return null;
    }

    const [claimed] = await tx
      .update(generations)
      .set({
        status: 'running',
        attempt: found.attempt + 1,
        runToken: randomUUID(),
        heartbeatAt: now,
        startedAt: found.startedAt ?? now,
        submittedAt: isPaid ? now : null,
        nextTryAt: null,
        progress: 0,
        doing: 'Starting',
      })
      .where(eq(generations.id, id))
      .returning();
    await recordEvent(tx, ctx.actor, {
      noun: 'generation',
      nounId: id,
      verb: 'running',
      audienceId: claimed!.ownerId,
      payload: { status: 'running', progress: 0, doing: 'Starting' },
    });
    return claimed!;
  });
}
