import { generations, transactAs } from '@repo/db';
import { defineJob } from '@repo/jobs';
import { and, asc, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { SystemContext } from '../context.ts';
import { advanceGenerationName } from './advance-job.ts';

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
      await ctx.queue.enqueue(tx, advanceGenerationName, { generationId: id }, { group: ownerId });
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

export const reapGenerationsJob = defineJob({
  name: 'generation.reap',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 0,
  isInteractive: false,
  cron: '* * * * *',
  run: async (ctx: SystemContext) => {
    await reapGenerations(ctx);
  },
});
