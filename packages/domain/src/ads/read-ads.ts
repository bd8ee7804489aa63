import { ads, assets, brands, memberships, profiles, type Tx, transactAs } from '@repo/db';
import { and, eq, inArray } from 'drizzle-orm';
import { viewPicture } from '../assets/view-picture.ts';
import type { ReaderContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { abilitiesByRole } from '../permissions/abilities-by-role.ts';
import { anAd } from '../permissions/rules.ts';
import type { AdView } from './schema.ts';

export function readAd(ctx: ReaderContext, id: string): Promise<AdView> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const [ad] = await readAds(tx, ctx, [id]);
    if (!ad || ad.status === 'deleted') throw notFound('ad');
    return ad;
  });
}

/** Ads by id, in the order asked for; what the asker may not see is left out. */
export async function readAds(tx: Tx, ctx: ReaderContext, ids: string[]): Promise<AdView[]> {
  if (ids.length === 0) return [];
  const me = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const rows = await tx
    .select({
      ad: ads,
      brand: { id: brands.id, name: brands.name, slug: brands.slug, accentColor: brands.accentColor },
      author: { id: profiles.userId, name: profiles.name, isGuest: profiles.isGuest },
      asset: assets,
      role: memberships.role,
    })
    .from(ads)
    .innerJoin(brands, eq(brands.id, ads.brandId))
    .innerJoin(profiles, eq(profiles.userId, ads.authorId))
    .innerJoin(assets, eq(assets.id, ads.assetId))
    .leftJoin(memberships, and(eq(memberships.brandId, ads.brandId), me ? eq(memberships.userId, me) : undefined))
    .where(inArray(ads.id, ids));
  const abilityIn = abilitiesByRole(ctx);
  const views = await Promise.all(
    rows.map(async ({ ad, brand, author, asset, role }) => ({
      id: ad.id,
      title: ad.title,
      location: ad.location,
      status: ad.status,
      brand,
      author,
      picture: await viewPicture(ctx.store, asset),
      remixCount: ad.remixCount,
      createdAt: ad.createdAt,
      mayRemove: abilityIn(ad.brandId, role).can('remove', anAd({ authorId: author.id, brandId: ad.brandId })),
    })),
  );
  const byId = new Map(views.map((view) => [view.id, view]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
