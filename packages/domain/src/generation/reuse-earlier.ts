import { asOwner, generations, type Tx } from '@repo/db';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import type { GenerationRow } from './open-generation.ts';
import { REUSE_HOURS } from './rules.ts';

/**
 * The answer that an equal request of the same brand (or, without one, the same person) got within a day, as a
 * generation of its own: free, done at once, and marked. Null: nobody asked. 'lost': the key was just used.
 */
export async function reuseEarlier(
  tx: Tx,
  ctx: UserContext,
  row: typeof generations.$inferInsert,
  reuseHash: string,
): Promise<GenerationRow | 'lost' | null> {
  const now = ctx.now();
  const since = new Date(now.getTime() - REUSE_HOURS * 3_600_000);
  return asOwner(tx, async (owner) => {
    const [earlier] = await owner
      .select({ id: generations.id, output: generations.output, notes: generations.notes })
      .from(generations)
      .where(
        and(
          eq(generations.reuseHash, reuseHash),
          eq(generations.status, 'done'),
          isNull(generations.reusedFromId),
          gt(generations.finishedAt, since),
        ),
      )
      .orderBy(desc(generations.finishedAt))
      .limit(1);
    if (!earlier) return null;
    const [generation] = await owner
      .insert(generations)
      .values({
        ...row,
        status: 'done',
        choice: 'An equal request was answered within the last 24 hours: its answer is used again, free.',
        output: earlier.output,
        notes: earlier.notes,
        reusedFromId: earlier.id,
        quotedCredits: 0,
        reserved: {},
        progress: 1,
        startedAt: now,
        finishedAt: now,
      })
      .onConflictDoNothing()
      .returning();
    if (!generation) return 'lost';
    await recordEvent(owner, ctx.actor, {
      noun: 'generation',
      nounId: generation.id,
      verb: 'done',
      audienceId: generation.ownerId,
      brandId: generation.brandId,
      payload: { status: 'done' },
    });
    return generation;
  });
}
