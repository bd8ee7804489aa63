import { assets, type Db, generations, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { sweepMadeFilesJob } from '../job-definitions.ts';
import { forgetMade } from './forget-made.ts';
import { GENERATION_KINDS, makesFiles } from './rules.ts';

/** A run that still writes removes its own files; whoever is slower than this is dead. */
const SETTLED_MS = 5 * 60_000;
const LOOK_BACK_MS = 6 * 60 * 60_000;
/** What was swept is looked at again for this long, for a run that came back very late. */
const OVERLAP_MS = 15 * 60_000;
const AT_ONCE = 500;

/** Up to when this process has swept. */
const sweptUntil = new WeakMap<Db, Date>();

/**
 * Removes files of results that nobody will ever see: their generation failed or was cancelled while the worker that
 * had stored them died before it could take them away. Resolves to how many such ends it looked at.
 */
export async function sweepMadeFiles(ctx: SystemContext): Promise<number> {
  const now = ctx.now().getTime();
  const until = new Date(now - SETTLED_MS);
  const before = sweptUntil.get(ctx.db);
  const since = new Date(Math.max(now - LOOK_BACK_MS, before ? before.getTime() - OVERLAP_MS : 0));
  const swept = await sweepEndedBetween(ctx, since, until);
  sweptUntil.set(ctx.db, until);
  return swept;
}

/** The same for what ended between two moments. */
export async function sweepEndedBetween(ctx: SystemContext, since: Date, until: Date): Promise<number> {
  for (let [from, swept] = [since, 0]; ; ) {
    const ended = await readEnded(ctx, from, until);
    for (const { id } of ended) await forgetMade(ctx, id);
    swept += ended.length;
    const last = ended.at(-1)?.finishedAt;
    if (ended.length < AT_ONCE || !last) return swept;
    from = last;
  }
}

export const sweepFilesOfEnded = handleJob(sweepMadeFilesJob, async (ctx: SystemContext) => {
  await sweepMadeFiles(ctx);
});

const readEnded = (ctx: SystemContext, since: Date, until: Date) =>
  transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ id: generations.id, finishedAt: generations.finishedAt })
      .from(generations)
      .where(
        and(
          inArray(generations.status, ['failed', 'cancelled']),
          gt(generations.finishedAt, since),
          lt(generations.finishedAt, until),
          inArray(generations.kind, GENERATION_KINDS.filter(makesFiles)),
          // What never ran has stored nothing.
          isNotNull(generations.startedAt),
          isNull(generations.outputAssetId),
          notExists(tx.select({ one: sql`1` }).from(assets).where(eq(assets.id, generations.id))),
        ),
      )
      .orderBy(asc(generations.finishedAt))
      .limit(AT_ONCE),
  );
