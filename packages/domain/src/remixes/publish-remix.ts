import { ads, asOwner, generations, remixes, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import { copyToPublic, markPublic } from '../assets/publish-asset.ts';
import type { UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustHaveAccount, readAbility } from '../permissions/read-asker.ts';
import { aRemix } from '../permissions/rules.ts';
import { readRemix } from './read-remixes.ts';
import type { RemixView } from './schema.ts';

/** Shows one's own finished draft to everybody. Publishing what is published changes nothing. */
export async function publishRemix(ctx: UserContext, id: string): Promise<RemixView> {
  mustHaveAccount(ctx, 'publish_remixes', 'Sign up to publish this remix. It stays yours and comes along.');
  const draft = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx
      .select({
        authorId: remixes.authorId,
        status: remixes.status,
        adId: remixes.adId,
        brandId: ads.brandId,
        assetId: generations.outputAssetId,
      })
      .from(remixes)
      .innerJoin(generations, eq(generations.id, remixes.generationId))
      .leftJoin(ads, eq(ads.id, remixes.adId))
      .where(eq(remixes.id, id));
    if (!row || (await readAbility(tx, ctx)).cannot('publish', aRemix({ authorId: row.authorId })))
      throw notFound('remix');
    return row;
  });
  if (draft.status === 'deleted') throw notFound('remix');
  if (draft.status === 'hidden')
    throw new DomainError('forbidden', 'This remix was hidden by the staff and cannot be published.');
  if (draft.status === 'published') return readRemix(ctx, id);
  const { assetId } = draft;
  if (!assetId) throw new DomainError('conflict', 'This remix is not finished yet.');

  await copyToPublic(ctx.store, assetId);
  await transactAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, async (owner) => {
      const [published] = await owner
        .update(remixes)
        .set({ status: 'published', assetId, publishedAt: ctx.now() })
        .where(and(eq(remixes.id, id), eq(remixes.authorId, ctx.actor.userId), eq(remixes.status, 'draft')))
        .returning({ id: remixes.id });
      if (!published) return;
      await markPublic(owner, assetId);
      await recordEvent(owner, ctx.actor, {
        noun: 'remix',
        nounId: id,
        verb: 'published',
        audienceId: ctx.actor.userId,
        // The brand learns of what everybody may see now.
        brandId: draft.brandId,
        payload: { adId: draft.adId },
      });
    }),
  );
  return readRemix(ctx, id);
}
