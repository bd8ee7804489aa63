import { generations, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, asc, inArray, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { advanceGenerationJob, reapGenerationsJob } from '../job-definitions.ts';

/**
 * Wakes the workers when something is due that nobody is at (a worker died, a wake-up was lost). A wake-up too many
 * does no harm: only one run can claim a generation. Resolves to whether there was something.
 */
export async function reapGenerations(ctx: SystemContext): Promise<boolean> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const now = ctx.now().toISOString();
    const [lost] = await tx
      .select({ id: generations.id })
      .from(generations)
      .where(
        and(
          inArray(generations.status, ['queued', 'running', 'retrying', 'checking']),
          sql`(run_token is null or heartbeat_at < ${now}::timestamptz - interval '30 seconds')`,
          sql`coalesce(next_try_at, updated_at) < ${now}::timestamptz - interval '10 seconds'`,
        ),
      )
      .orderBy(asc(generations.createdAt))
      .limit(1);
    if (lost) await ctx.queue.enqueue(tx, advanceGenerationJob, { generationId: lost.id });
    return lost !== undefined;
  });
}

export const reapLostGenerations = handleJob(reapGenerationsJob, async (ctx: SystemContext) => {
  await reapGenerations(ctx);
});
