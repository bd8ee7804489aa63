import { type Tx, transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import { readAds } from '../ads/read-ads.ts';
import type { ReaderContext } from '../context.ts';
import { cursorOf, readCursor } from '../paging/cursor.ts';
import type { Page } from '../paging/schema.ts';
import { readRemixCards } from '../remixes/read-remixes.ts';
import type { FeedItem, ReadFeedInput } from './schema.ts';

type Row = { type: 'ad' | 'remix'; id: string; at: Date | string };

/** What is published, newest first: ads, remixes, or both. */
export function readFeed(ctx: ReaderContext, input: ReadFeedInput): Promise<Page<FeedItem>> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const rows = await selectIds(tx, input);
    const shown = rows.slice(0, input.limit);
    const idsOf = (type: Row['type']) => shown.filter((row) => row.type === type).map((row) => row.id);
    const ads = new Map((await readAds(tx, ctx, idsOf('ad'))).map((ad) => [ad.id, ad]));
    const remixes = new Map((await readRemixCards(tx, ctx, idsOf('remix'))).map((remix) => [remix.id, remix]));
    const items = shown.flatMap(({ type, id }): FeedItem[] => {
      const ad = type === 'ad' ? ads.get(id) : undefined;
      const remix = type === 'remix' ? remixes.get(id) : undefined;
      return ad ? [{ type: 'ad', ad }] : remix ? [{ type: 'remix', remix }] : [];
    });
    const last = shown.at(-1);
    return {
      items,
      nextCursor: rows.length > input.limit && last ? cursorOf({ at: new Date(last.at), id: last.id }) : null,
    };
  });
}

/** Each half stops early by its own index, so the cost does not grow with the tables. */
async function selectIds(tx: Tx, { tab, cursor, limit }: ReadFeedInput): Promise<Row[]> {
  const after = readCursor(cursor);
  const most = limit + 1;
  const ads = sql`(select 'ad' as type, id, created_at as at from ad where status = 'published'
    ${after ? sql`and (created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by created_at desc, id desc limit ${most})`;
  const remixes = sql`(select 'remix' as type, id, published_at as at from remix where status = 'published'
    ${after ? sql`and (published_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by published_at desc, id desc limit ${most})`;
  const parts = tab === 'ads' ? ads : tab === 'remixes' ? remixes : sql`${ads} union all ${remixes}`;
  const rows = await tx.execute<Row>(
    sql`select type, id, at from (${parts}) feed order by at desc, id desc limit ${most}`,
  );
  return [...rows];
}
