import { generations, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, between, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { sweepUnshownJob } from '../job-definitions.ts';
import { forgetMade } from './forget-made.ts';
import { GENERATION_KINDS, makesFiles } from './rules.ts';

const MINUTE_MS = 60_000;
/** Long enough that no run can still be storing something, short enough that few are looked at twice. */
const FROM_MS = 60 * MINUTE_MS;
const UNTIL_MS = 120 * MINUTE_MS;

/**
 * Removes files of generations that ended without a result: a worker that stored one and died before it could say so
 * leaves them behind. Resolves to how many it looked at.
 */
export async function sweepUnshown(ctx: SystemContext): Promise<number> {
  const now = ctx.now().getTime();
  const ended = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ id: generations.id })
      .from(generations)
      .where(
        and(
          inArray(generations.status, ['failed', 'cancelled']),
          inArray(generations.kind, GENERATION_KINDS.filter(makesFiles)),
          between(generations.finishedAt, new Date(now - UNTIL_MS), new Date(now - FROM_MS)),
          // Whoever was never asked made nothing.
          isNotNull(generations.startedAt),
          isNull(generations.outputAssetId),
        ),
      ),
  );
  for (const { id } of ended) await forgetMade(ctx, id);
  return ended.length;
}

export const sweepUnshownFiles = handleJob(sweepUnshownJob, async (ctx: SystemContext) => {
  await sweepUnshown(ctx);
});
