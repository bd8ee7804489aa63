import { ads, assets, brands, generations, remixes, transactAs } from '@repo/db';
import { and, eq, ne, sql } from 'drizzle-orm';
import { variantKey } from '../assets/keys.ts';
import { slugOf } from '../brands/rules.ts';
import type { ReaderContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import type { RemixDownload } from './schema.ts';

const ENDINGS: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** Where a remix that the asker may see can be fetched in full size, as a file with a name that says what it is. */
export async function downloadRemix(ctx: ReaderContext, id: string): Promise<RemixDownload> {
  const found = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx
      .select({ adTitle: ads.title, brandName: brands.name, asset: assets })
      .from(remixes)
      .leftJoin(generations, eq(generations.id, remixes.generationId))
      .leftJoin(assets, eq(assets.id, sql`coalesce(${remixes.assetId}, ${generations.outputAssetId})`))
      .leftJoin(ads, eq(ads.id, remixes.adId))
      .leftJoin(brands, eq(brands.id, ads.brandId))
      .where(and(eq(remixes.id, id), ne(remixes.status, 'deleted')));
    return row;
  });
  if (!found) throw notFound('remix');
  const { adTitle, brandName, asset } = found;
  if (!asset) throw new DomainError('conflict', 'This remix is not finished yet, so there is nothing to download.');
  const ending = ENDINGS[asset.mimeType ?? ''] ?? 'jpg';
  const words = [brandName, adTitle].flatMap((name) => slugOf(name ?? '') || []);
  const fileName = `${[...words, 'remix', id.slice(-6)].join('-')}.${ending}`;
  const key = variantKey(asset.id, 'full', asset.isPublic);
  return { url: await ctx.store.signDownload(key, { downloadAs: fileName }), fileName };
}
