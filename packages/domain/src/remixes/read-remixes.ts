import { ads, asOwner, assets, brands, generations, profiles, remixes, type Tx, transactAs } from '@repo/db';
import { and, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { readAds } from '../ads/read-ads.ts';
import { viewPicture } from '../assets/view-picture.ts';
import type { ReaderContext, UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { viewGeneration } from '../generation/read-generations.ts';
import { readPage } from '../paging/read-page.ts';
import type { Page, PageInput } from '../paging/schema.ts';
import type { RemixCard, RemixView } from './schema.ts';

const made = alias(assets, 'made');

/** Remixes as cards. A draft's picture is found through its generation, which only its author can see. */
async function selectCards(
  tx: Tx,
  ctx: ReaderContext,
  where: SQL | undefined,
  order: SQL[],
  limit: number,
): Promise<RemixCard[]> {
  const me = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const rows = await tx
    .select({
      remix: remixes,
      adTitle: ads.title,
      brandName: brands.name,
      author: { id: profiles.userId, name: profiles.name, isGuest: profiles.isGuest },
      asset: assets,
      made,
      generationStatus: generations.status,
    })
    .from(remixes)
    .innerJoin(profiles, eq(profiles.userId, remixes.authorId))
    .leftJoin(ads, eq(ads.id, remixes.adId))
    .leftJoin(brands, eq(brands.id, ads.brandId))
    .leftJoin(assets, eq(assets.id, remixes.assetId))
    .leftJoin(generations, eq(generations.id, remixes.generationId))
    .leftJoin(made, eq(made.id, generations.outputAssetId))
    .where(where)
    .orderBy(...order)
    .limit(limit);
  return Promise.all(
    rows.map(async ({ remix, adTitle, brandName, author, asset, made: draft, generationStatus }) => {
      const shown = asset ?? draft;
      return {
        id: remix.id,
        adId: remix.adId,
        adTitle: adTitle ?? 'A removed ad',
        brandName: brandName ?? '',
        parentId: remix.parentId,
        prompt: remix.prompt,
        status: remix.status,
        author,
        picture: shown ? await viewPicture(ctx.store, shown) : null,
        generationStatus,
        createdAt: remix.createdAt,
        publishedAt: remix.publishedAt,
        isMine: author.id === me,
      };
    }),
  );
}

const newestFirst = [desc(remixes.createdAt), desc(remixes.id)];

/** Remix cards by id, in the order asked for; what the asker may not see is left out. */
export async function readRemixCards(tx: Tx, ctx: ReaderContext, ids: string[]): Promise<RemixCard[]> {
  if (ids.length === 0) return [];
  const cards = await selectCards(tx, ctx, inArray(remixes.id, ids), newestFirst, ids.length);
  const byId = new Map(cards.map((card) => [card.id, card]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export function readRemix(ctx: ReaderContext, id: string): Promise<RemixView> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const [card] = await readRemixCards(tx, ctx, [id]);
    if (!card || card.status === 'deleted') throw notFound('remix');
    const [ad] = await readAds(tx, ctx, [card.adId]);
    const [parent] = card.parentId ? await readRemixCards(tx, ctx, [card.parentId]) : [];
    const [generation] = card.isMine
      ? await tx
          .select()
          .from(generations)
          .innerJoin(remixes, eq(remixes.generationId, generations.id))
          .where(eq(remixes.id, id))
      : [];
    const shownAd = ad && ad.status !== 'deleted' ? ad : null;
    return {
      ...card,
      ad: shownAd,
      original: card.parentId ? (parent?.picture ?? (await readInput(tx, ctx, card))) : (shownAd?.picture ?? null),
      parent: parent ?? null,
      generation: generation ? await viewGeneration(tx, ctx, generation.generation) : null,
    };
  });
}

/** A parent that was taken down since is still what its remixer worked from, and only they are shown it. */
async function readInput(tx: Tx, ctx: ReaderContext, card: RemixCard) {
  if (!card.isMine) return null;
  const [input] = await asOwner(tx, (owner) =>
    owner
      .select({ asset: assets })
      .from(remixes)
      .innerJoin(generations, eq(generations.id, remixes.generationId))
      .innerJoin(assets, eq(assets.id, generations.inputAssetId))
      .where(and(eq(remixes.id, card.id), eq(assets.ownerId, generations.ownerId))),
  );
  return input ? viewPicture(ctx.store, input.asset) : null;
}

/** Everything the asker made and did not remove, newest first, whatever state it is in. */
export const readMyRemixes = (ctx: UserContext, page: PageInput): Promise<Page<RemixCard>> =>
  transactAs(ctx.db, ctx.actor, (tx) =>
    readPage(tx, ctx, {
      page,
      from: remixes,
      where: and(eq(remixes.authorId, ctx.actor.userId), ne(remixes.status, 'deleted')),
      by: [remixes.createdAt, remixes.id],
      select: ({ where, orderBy, limit }) => selectCards(tx, ctx, where, orderBy, limit),
      keyOf: ({ createdAt, id }) => ({ at: createdAt, id }),
    }),
  );

/** Published remixes of an ad, newest first. */
export const readRemixesOfAd = (ctx: ReaderContext, adId: string, page: PageInput): Promise<Page<RemixCard>> =>
  readPublished(ctx, eq(remixes.adId, adId), page);

/** Published remixes made from a remix, newest first. */
export const readRemixesOfRemix = (ctx: ReaderContext, parentId: string, page: PageInput): Promise<Page<RemixCard>> =>
  readPublished(ctx, eq(remixes.parentId, parentId), page);

const readPublished = (ctx: ReaderContext, scope: SQL, page: PageInput): Promise<Page<RemixCard>> =>
  transactAs(ctx.db, ctx.actor, (tx) =>
    readPage(tx, ctx, {
      page,
      from: remixes,
      where: and(scope, eq(remixes.status, 'published')),
      by: [remixes.publishedAt, remixes.id],
      select: ({ where, orderBy, limit }) => selectCards(tx, ctx, where, orderBy, limit),
      keyOf: ({ publishedAt, id }) => ({ at: publishedAt!, id }),
    }),
  );

/** A thread is shown this far up; nobody reads further. */
const MOST_ANCESTORS = 40;

/**
 * The remixes that a remix was made from, one from the other, the first one first, itself left out. It begins
 * after the latest one that the asker may not see.
 */
export function readAncestors(ctx: ReaderContext, id: string): Promise<RemixCard[]> {
  const me = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`
      with recursive line as (
        select id, parent_id, 0 as depth from remix where id = ${id}
        union all
        select remix.id, remix.parent_id, line.depth + 1 from remix
        join line on remix.id = line.parent_id and line.depth < ${MOST_ANCESTORS}
        where remix.status = 'published' or (remix.status = 'draft' and remix.author_id = ${me}))
      select id from line where depth > 0 order by depth desc`);
    return readRemixCards(
      tx,
      ctx,
      [...rows].map((row) => row.id),
    );
  });
}
