import { createServer } from 'node:http';
import postgres from 'postgres';

/**
 * The floor of the feed: the three questions the product asks, as the owner of the tables, without a transaction,
 * a schema, a session or a framework.
 */
const CARDS = 24;
const sql = postgres(process.env['DATABASE_URL']!, { max: 10, onnotice: () => {} });

type FeedRow = { type: 'ad' | 'remix'; id: string; at: Date };
type AdRow = { id: string; picture: string } & Record<string, unknown>;
type RemixRow = AdRow;

const urlsOf = (id: string) => ({
  '480': `/files/public/${id}/480`,
  '1600': `/files/public/${id}/1600`,
  full: `/files/public/${id}/full`,
});

async function readFeed(): Promise<unknown> {
  const rows = await sql<FeedRow[]>`
    select type, id, at from (
      (select 'ad' as type, id, created_at as at from ad where status = 'published'
        order by created_at desc, id desc limit ${CARDS + 1})
      union all
      (select 'remix' as type, id, published_at as at from remix where status = 'published'
        order by published_at desc, id desc limit ${CARDS + 1})) feed
    order by at desc, id desc limit ${CARDS + 1}`;
  const shown = rows.slice(0, CARDS);
  const idsOf = (type: FeedRow['type']) => shown.filter((row) => row.type === type).map((row) => row.id);
  const ads = await sql<AdRow[]>`
    select ad.id, ad.title, ad.location, ad.status, ad.remix_count, ad.created_at, brand.id as brand_id,
      brand.name as brand_name, brand.slug, brand.accent_color, profile.user_id, profile.name as author,
      profile.is_guest, asset.id as picture, asset.width, asset.height, asset.thumbhash, asset.dominant_color
    from ad join brand on brand.id = ad.brand_id join profile on profile.user_id = ad.author_id
      join asset on asset.id = ad.asset_id where ad.id = any(${idsOf('ad')}::uuid[])`;
  const remixes = await sql<RemixRow[]>`
    select remix.id, remix.ad_id, ad.title, brand.name as brand_name, remix.parent_id, remix.prompt, remix.status,
      profile.user_id, profile.name as author, profile.is_guest, asset.id as picture, asset.width, asset.height,
      asset.thumbhash, asset.dominant_color, generation.status as generation_status, remix.created_at,
      remix.published_at
    from remix join profile on profile.user_id = remix.author_id left join ad on ad.id = remix.ad_id
      left join brand on brand.id = ad.brand_id left join asset on asset.id = remix.asset_id
      left join generation on generation.id = remix.generation_id
    where remix.id = any(${idsOf('remix')}::uuid[])`;
  const byId = new Map([...ads, ...remixes].map((row) => [row.id, row]));
  const items = shown.map(({ type, id }) => {
    const row = byId.get(id)!;
    return { type, ...row, urls: urlsOf(row.picture) };
  });
  return { items, nextCursor: shown.at(-1)?.at ?? null };
}

const server = createServer((_request, response) => {
  readFeed().then(
    (feed) => response.setHeader('content-type', 'application/json').end(JSON.stringify(feed)),
    (problem: unknown) => {
      response.statusCode = 500;
      response.end(String(problem));
    },
  );
});
server.listen(Number(process.env['PORT']), '127.0.0.1');

for (const end of ['SIGTERM', 'disconnect'] as const) process.once(end, () => process.exit(0));
