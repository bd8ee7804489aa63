import type { Sql } from 'postgres';

const PEOPLE = 60;
const BRANDS = 40;

export type FeedSize = { ads: number; remixes: number };

/** A feed as after some months of use, made by SQL: rows only, no files, since lists never open any. */
export async function fillFeed(sql: Sql, { ads, remixes }: FeedSize): Promise<void> {
  await sql`
    insert into "user" (name, email)
    select 'Creator ' || n, 'creator-' || n || '@bench.invalid' from generate_series(1, ${PEOPLE}::int) n`;
  await sql`
    insert into brand (name, slug, accent_color)
    select 'Brand ' || n, 'brand-' || n, '#3366cc' from generate_series(1, ${BRANDS}::int) n`;
  await sql`
    with people as (select array_agg(id) as ids from "user")
    insert into asset (owner_id, origin, status, declared_type, declared_bytes, mime_type, width, height, sha256,
      thumbhash, dominant_color, stored_bytes, is_public, usable_at)
    select ids[1 + n % ${PEOPLE}::int], 'demo', 'usable', 'image/jpeg', 400000, 'image/jpeg', 1600, 1067, md5(n::text),
      '3OcRJYB4d3h/iIeHeEh3eIhw+j3A', '#5b7a3c', 900000, true, now()
    from people, generate_series(1, ${ads + remixes}::int) n`;
  await sql`
    with people as (select array_agg(id) as ids from "user"), houses as (select array_agg(id) as ids from brand),
      pictures as (select array_agg(id) as ids from asset)
    insert into ad (brand_id, author_id, asset_id, title, location, created_at)
    select houses.ids[1 + n % ${BRANDS}::int], people.ids[1 + n % ${PEOPLE}::int], pictures.ids[n],
      'A summer on the lake, number ' || n, 'Lisbon', now() - n * interval '11 minutes'
    from people, houses, pictures, generate_series(1, ${ads}::int) n`;
  await sql`
    with people as (select array_agg(id) as ids from "user"), pictures as (select array_agg(id) as ids from asset)
    insert into generation (owner_id, kind, model, provider, prompt, input, seed, idempotency_key, request_hash, status,
      quoted_credits, output_asset_id, started_at, finished_at)
    select people.ids[1 + n % ${PEOPLE}::int], 'image.edit', 'local/effects', 'local', 'make it a snowy night', '{}', n,
      'bench-key-' || n, md5(n::text), 'done', 4, pictures.ids[${ads}::int + n], now(), now()
    from people, pictures, generate_series(1, ${remixes}::int) n`;
  await sql`
    with sources as (select array_agg(id) as ids from ad)
    insert into remix (ad_id, author_id, generation_id, asset_id, prompt, status, published_at)
    select sources.ids[1 + g.seed % ${ads}::int], g.owner_id, g.id, g.output_asset_id, g.prompt, 'published',
      now() - g.seed * interval '25 minutes'
    from generation g, sources`;
  await sql`analyze`;
}
