import { generations, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, asc, inArray, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { advanceGenerationJob, reapGenerationsJob } from '../job-definitions.ts';

const AT_ONCE = 200;

/**
 * Finds work that nobody is at (a worker died, a job was lost) and puts it into the queue again, within two
 * minutes. A second job for the same generation does no harm: only one can claim it.
 */
export async function reapGenerations(ctx: SystemContext): Promise<number> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const now = ctx.now().toISOString();
    const lost = await tx
      .select({ id: generations.id, ownerId: generations.ownerId })
      .from(generations)
      .where(
        and(
          inArray(generations.status, ['queued', 'running', 'retrying', 'checking']),
          sql`case when status = 'running' then heartbeat_at < ${now}::timestamptz - interval '15 seconds'
                   when status = 'retrying' then next_try_at < ${now}::timestamptz - interval '30 seconds'
                   else true end`,
          sql`updated_at < ${now}::timestamptz - case when status = 'running' then interval '15 seconds' else interval '75 seconds' end`,
        ),
      )
      .orderBy(asc(generations.createdAt))
      .limit(AT_ONCE)
      .for('update', { skipLocked: true });
    for (const { id, ownerId } of lost) {
      await ctx.queue.enqueue(tx, advanceGenerationJob, { generationId: id }, { group: ownerId });
    }
    if (lost.length > 0) {
      await tx
        .update(generations)
        .set({ updatedAt: ctx.now() })
        .where(
          inArray(
            generations.id,
            lost.map(({ id }) => id),
          ),
        );
    }
    return lost.length;
  });
}

export const reapLostGenerations = handleJob(reapGenerationsJob, async (ctx: SystemContext) => {
  await reapGenerations(ctx);
});
