import { ads, assets, generations, remixes, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, eq, inArray, lt, notExists, or, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { sweepAssetsJob } from '../job-definitions.ts';
import { sweepPresses } from '../presses/sweep-presses.ts';
import { incomingKey } from './keys.ts';
import { removeStored } from './remove-stored.ts';

const KEEP_MS = 60 * 60_000;
const AT_ONCE = 200;

/** Removes uploads that were never finished, and what is left of refused ones, an hour later. */
export async function sweepAssets(ctx: SystemContext): Promise<number> {
  const before = new Date(ctx.now().getTime() - KEEP_MS);
  const stale = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ id: assets.id })
      .from(assets)
      .where(
        and(
          inArray(assets.status, ['awaiting', 'checking', 'rejected']),
          lt(assets.createdAt, before),
          notExists(tx.select({ one: sql`1` }).from(ads).where(eq(ads.assetId, assets.id))),
          notExists(tx.select({ one: sql`1` }).from(remixes).where(eq(remixes.assetId, assets.id))),
          notExists(
            tx
              .select({ one: sql`1` })
              .from(generations)
              .where(or(eq(generations.inputAssetId, assets.id), eq(generations.outputAssetId, assets.id))),
          ),
        ),
      )
      .limit(AT_ONCE),
  );
  for (const { id } of stale) {
    // Files first: a row without files is swept again, files without a row never.
    await ctx.store.remove(incomingKey(id));
    await removeStored(ctx.store, id);
    await transactAs(ctx.db, ctx.actor, (tx) => tx.delete(assets).where(eq(assets.id, id)));
  }
  return stale.length;
}

export const sweepStaleAssets = handleJob(sweepAssetsJob, async (ctx: SystemContext) => {
  await sweepAssets(ctx);
  await sweepPresses(ctx);
});
