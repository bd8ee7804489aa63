import type { AdView } from '../ads/schema.ts';
import { viewPicture } from '../assets/view-picture.ts';
import type { ReaderContext } from '../context.ts';
import { readCursor } from '../paging/cursor.ts';
import { pageOf } from '../paging/read-page.ts';
import type { Page } from '../paging/schema.ts';
import { abilitiesByRole } from '../permissions/abilities-by-role.ts';
import { anAd } from '../permissions/rules.ts';
import type { RemixCard } from '../remixes/schema.ts';
import { type FeedRow, feedCountSql, feedSql } from './feed-sql.ts';
import type { FeedItem, ReadFeedInput } from './schema.ts';

/** What is published, newest first: ads, remixes, or both. */
export async function readFeed(ctx: ReaderContext, { tab, cursor, limit }: ReadFeedInput): Promise<Page<FeedItem>> {
  const { db, store, actor, countsLists } = ctx;
  const after = readCursor(cursor);
  const text = feedSql({ tab, hasCursor: after !== null, isVisitor: actor.kind === 'visitor' });
  const [rows, counted] = await Promise.all([
    db.walled.read<FeedRow>(actor, text, [limit + 1, ...(after ? [after.at, after.id] : [])]),
    countsLists ? db.walled.read<{ total: number }>(actor, feedCountSql(tab), []) : [],
  ]);
  const me = actor.kind === 'user' ? actor.userId : null;
  const { items: shown, nextCursor } = pageOf(rows, limit, (row) => row);
  const abilityIn = abilitiesByRole(ctx);
  const items = await Promise.all(shown.map((row) => viewItem(store, row, me, abilityIn)));
  return { items: items.filter((item) => item !== null), nextCursor, ...counted[0] };
}

/** Null for what has lost a part that every card needs: its author, an ad's brand or picture. */
async function viewItem(
  store: ReaderContext['store'],
  row: FeedRow,
  me: string | null,
  abilityIn: ReturnType<typeof abilitiesByRole>,
): Promise<FeedItem | null> {
  if (!row.author_id) return null;
  const author = { id: row.author_id, name: row.author_name, isGuest: row.is_guest };
  const picture = row.asset_id
    ? await viewPicture(store, {
        id: row.asset_id,
        isPublic: row.is_public,
        width: row.width,
        height: row.height,
        thumbhash: row.thumbhash,
        dominantColor: row.dominant_color,
      })
    : null;
  if (row.type === 'remix') return { type: 'remix', remix: remixOf(row, author, picture, me) };
  if (!picture || !row.brand_id) return null;
  const ad: AdView = {
    id: row.id,
    title: row.ad_title ?? '',
    location: row.location,
    status: row.ad_status,
    brand: { id: row.brand_id, name: row.brand_name ?? '', slug: row.slug, accentColor: row.accent_color },
    author,
    picture,
    remixCount: row.remix_count,
    createdAt: row.ad_created_at,
    mayRemove: abilityIn(row.brand_id, row.role).can('remove', anAd({ authorId: author.id, brandId: row.brand_id })),
  };
  return { type: 'ad', ad };
}

const remixOf = (
  row: FeedRow,
  author: RemixCard['author'],
  picture: RemixCard['picture'],
  me: string | null,
): RemixCard => ({
  id: row.id,
  adId: row.source_ad_id,
  adTitle: row.ad_title ?? 'A removed ad',
  brandName: row.brand_name ?? '',
  parentId: row.parent_id,
  prompt: row.prompt,
  status: row.remix_status,
  author,
  picture,
  generationStatus: row.generation_status,
  createdAt: row.remix_created_at,
  publishedAt: row.published_at,
  isMine: author.id === me,
});
