import { generations, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, asc, inArray, lt, notInArray, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { advanceGenerationJob, reapGenerationsJob } from '../job-definitions.ts';
import { advanceNow } from './advance-generation.ts';

/** What nobody took for so long, of a provider that this installation has no more, nobody will take. */
const ORPHANED_MS = 10 * 60_000;
const AT_ONCE = 50;

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

/**
 * Runs what waits for a provider that was taken out of the settings: no desk has a seat for it. `auto` goes on with
 * another model, all else ends with its hold given back. Resolves to how many there were.
 */
export async function advanceOrphans(ctx: SystemContext, signal: AbortSignal): Promise<number> {
  const known = [...new Set(ctx.models.entries.map(({ provider }) => provider))];
  const orphans = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ id: generations.id })
      .from(generations)
      .where(
        and(
          inArray(generations.status, ['queued', 'running', 'retrying', 'checking']),
          lt(generations.createdAt, new Date(ctx.now().getTime() - ORPHANED_MS)),
          notInArray(generations.provider, known),
        ),
      )
      .orderBy(asc(generations.createdAt))
      .limit(AT_ONCE),
  );
  for (const { id } of orphans) await advanceNow(ctx, id, signal);
  return orphans.length;
}

export const reapLostGenerations = handleJob(reapGenerationsJob, async (ctx: SystemContext, _input, { signal }) => {
  await reapGenerations(ctx);
  await advanceOrphans(ctx, signal);
});
