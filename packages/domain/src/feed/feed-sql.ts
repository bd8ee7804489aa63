import { countedText } from '../paging/count-rows.ts';
import type { ReadFeedInput } from './schema.ts';

/** One card with everything on it; which half is filled depends on `type`. */
export type FeedRow = {
  type: 'ad' | 'remix';
  id: string;
  at: Date;
  ad_id: string | null;
  ad_title: string | null;
  location: string;
  ad_status: 'published' | 'hidden' | 'deleted';
  remix_count: number;
  ad_created_at: Date;
  parent_id: string | null;
  prompt: string;
  remix_status: 'draft' | 'published' | 'hidden' | 'deleted';
  remix_created_at: Date;
  published_at: Date | null;
  source_ad_id: string;
  brand_id: string | null;
  brand_name: string | null;
  slug: string;
  accent_color: string | null;
  author_id: string | null;
  author_name: string;
  is_guest: boolean;
  asset_id: string | null;
  is_public: boolean;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  dominant_color: string | null;
  role: 'owner' | 'admin' | 'editor' | 'analyst' | null;
  generation_status: string | null;
};

type Shape = { tab: ReadFeedInput['tab']; hasCursor: boolean; isVisitor: boolean };

/**
 * A page of the feed as one statement: $1 is how many, $2 and $3 where it begins. Each half stops early by its own index,
 * so the cost does not grow with the tables; only what is shown is joined.
 */
export function feedSql({ tab, hasCursor, isVisitor }: Shape): string {
  const half = (type: 'ad' | 'remix', at: string) => `
    (select '${type}' as type, id, ${at} as at from ${type} where status = 'published'
      ${hasCursor ? `and (${at}, id) < ($2::timestamptz, $3::uuid)` : ''} order by ${at} desc, id desc limit $1)`;
  const ads = half('ad', 'created_at');
  const remixes = half('remix', 'published_at');
  const parts = tab === 'ads' ? ads : tab === 'remixes' ? remixes : `${ads} union all ${remixes}`;
  // A visitor is nobody's member and made nothing: those rows would be hidden from them anyway.
  const personal = isVisitor
    ? { columns: `null as role, null as generation_status`, joins: '' }
    : {
        columns: 'membership.role, generation.status as generation_status',
        joins: `
    left join membership on page.type = 'ad' and membership.brand_id = ad.brand_id and membership.user_id = app_user_id()
    left join generation on generation.id = remix.generation_id`,
      };
  return `
    with page as materialized (select type, id, at from (${parts}) feed order by at desc, id desc limit $1)
    select page.type, page.id, page.at,
      ad.id as ad_id, ad.title as ad_title, ad.location, ad.status as ad_status, ad.remix_count,
      ad.created_at as ad_created_at,
      remix.parent_id, remix.prompt, remix.status as remix_status, remix.created_at as remix_created_at,
      remix.published_at, remix.ad_id as source_ad_id,
      brand.id as brand_id, brand.name as brand_name, brand.slug, brand.accent_color,
      profile.user_id as author_id, profile.name as author_name, profile.is_guest,
      asset.id as asset_id, asset.is_public, asset.width, asset.height, asset.thumbhash, asset.dominant_color,
      ${personal.columns}
    from page
    left join remix on page.type = 'remix' and remix.id = page.id
    left join ad on ad.id = case page.type when 'ad' then page.id else remix.ad_id end
    left join brand on brand.id = ad.brand_id
    left join profile on profile.user_id = case page.type when 'ad' then ad.author_id else remix.author_id end
    left join asset on asset.id = case page.type when 'ad' then ad.asset_id else remix.asset_id end${personal.joins}
    order by page.at desc, page.id desc`;
}

/** How much the feed holds, as one statement without parameters. */
export function feedCountSql(tab: ReadFeedInput['tab']): string {
  const half = (type: 'ad' | 'remix') => `select 1 from ${type} where status = 'published'`;
  if (tab !== 'all') return countedText(half(tab === 'ads' ? 'ad' : 'remix'));
  return countedText(`${half('ad')} union all ${half('remix')}`);
}
