import { ads, asOwner, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import { withdrawIfUnused } from '../assets/publish-asset.ts';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustBeAllowed } from '../permissions/read-asker.ts';
import { readAds } from './read-ads.ts';

/** Takes an ad down for good. Its author and its brand's editors may; remixes of it stay with their authors. */
export async function removeAd(ctx: UserContext, id: string): Promise<void> {
  const assetId = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [ad] = await readAds(tx, ctx, [id]);
    if (!ad) throw notFound('ad');
    mustBeAllowed(ad.mayRemove, 'Only its author and its brand may remove this ad.');
    await asOwner(tx, async (owner) => {
      await owner.update(ads).set({ status: 'deleted' }).where(eq(ads.id, id));
      await recordEvent(owner, ctx.actor, { noun: 'ad', nounId: id, verb: 'removed', brandId: ad.brand.id });
    });
    return ad.picture.id;
  });
  await withdrawIfUnused(ctx, assetId);
}
