import { ads, asOwner, assets, readAs, type Tx, transactAs } from '@repo/db';
import type { ObjectStore } from '@repo/storage';
import { and, desc, eq, sql } from 'drizzle-orm';
import { viewPicture } from '../assets/view-picture.ts';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { mustActFor } from '../permissions/read-asker.ts';
import { listMyBrands } from './read-brands.ts';
import type { BrandReport, BrandReportInput } from './schema.ts';

/**
 * What came of a brand's ads. Only members see it; the counts include drafts of others, which no member
 * may look at, so they are counted with the owner's rights after the membership is proven. Counts may lag some seconds.
 */
export async function readBrandReport(ctx: UserContext, { brandId, days }: BrandReportInput): Promise<BrandReport> {
  const countedAt = ctx.now();
  const brand = await transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustActFor(tx, ctx, brandId, 'see_report', 'Your role in this brand may not see its report.');
    return (await listMyBrands(tx, ctx)).find(({ id }) => id === brandId);
  });
  if (!brand) throw notFound('brand');
  return readAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, async (owner) => {
      const perDay = await countDays(owner, brandId, days, countedAt);
      return {
        brand,
        ...(await countAll(owner, brandId)),
        creditsSpent: perDay.reduce((sum, { credits }) => sum + credits, 0),
        days: perDay,
        topAds: await findTopAds(owner, ctx.store, brandId),
        countedAt,
      };
    }),
  );
}

async function countAll(tx: Tx, brandId: string) {
  const [row] = await tx.execute<{ ads: number; remixes: number; creators: number }>(sql`
    select (select count(*)::int from ad where brand_id = ${brandId} and status = 'published') as ads,
           count(*) filter (where remix.status = 'published')::int as remixes,
           count(distinct remix.author_id)::int as creators
    from remix join ad on ad.id = remix.ad_id where ad.brand_id = ${brandId} and remix.status <> 'deleted'`);
  return { ads: row!.ads, remixes: row!.remixes, creators: row!.creators };
}

async function countDays(tx: Tx, brandId: string, days: number, now: Date) {
  const today = now.toISOString().slice(0, 10);
  const rows = await tx.execute<{ day: string; credits: number; remixes: number }>(sql`
    with spent as (
      select (entry.created_at at time zone 'UTC')::date as day, -entry.amount as credits
      from ledger_entry entry
      join remix on remix.generation_id = entry.generation_id
      join ad on ad.id = remix.ad_id and ad.brand_id = ${brandId}
      where entry.kind = 'capture' and entry.amount < 0
        and entry.created_at >= (${today}::date - ${days - 1}::int)::timestamp at time zone 'UTC'
    )
    select to_char(d, 'YYYY-MM-DD') as day, coalesce(sum(spent.credits), 0)::int as credits, count(spent.day)::int as remixes
    from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') d
    left join spent on spent.day = d::date group by d order by d`);
  return rows.map(({ day, credits, remixes }) => ({ day, credits, remixes }));
}

async function findTopAds(tx: Tx, store: ObjectStore, brandId: string): Promise<BrandReport['topAds']> {
  const rows = await tx
    .select({ id: ads.id, title: ads.title, remixes: ads.remixCount, asset: assets })
    .from(ads)
    .innerJoin(assets, eq(assets.id, ads.assetId))
    .where(and(eq(ads.brandId, brandId), eq(ads.status, 'published')))
    .orderBy(desc(ads.remixCount), desc(ads.createdAt))
    .limit(5);
  return Promise.all(rows.map(async ({ asset, ...ad }) => ({ ...ad, picture: await viewPicture(store, asset) })));
}
