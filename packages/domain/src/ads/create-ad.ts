import { ads, asOwner, assets, type Tx, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import { copyToPublic, markPublic } from '../assets/publish-asset.ts';
import { readAsset } from '../assets/read-assets.ts';
import { addBrand } from '../brands/create-brand.ts';
import type { UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustActFor, mustHaveAccount } from '../permissions/read-asker.ts';
import { readAd } from './read-ads.ts';
import type { AdView, CreateAdInput } from './schema.ts';

/** Publishes an ad with a checked picture. Sent twice with one key, it is published once. */
export async function createAd(ctx: UserContext, input: CreateAdInput): Promise<AdView> {
  mustHaveAccount(ctx, 'publish_ads', 'Sign up to publish an ad. It is free, and your remixes come along.');
  const earlier = await findByKey(ctx, input);
  if (earlier) return readAd(ctx, earlier);

  const asset = await readAsset(ctx, input.assetId);
  if (asset.status === 'rejected') throw new DomainError('invalid', asset.failure ?? 'This picture cannot be used.');
  if (asset.status !== 'usable')
    throw new DomainError('conflict', 'The picture is still being checked. Try again in a moment.');
  await copyToPublic(ctx.store, asset.useId);

  const id = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [usable] = await tx
      .select({ id: assets.id })
      .from(assets)
      .where(and(eq(assets.id, asset.useId), eq(assets.status, 'usable')));
    if (!usable) throw notFound('picture');
    const brandId = await brandFor(tx, ctx, input.brand);
    const [ad] = await tx
      .insert(ads)
      .values({
        brandId,
        authorId: ctx.actor.userId,
        assetId: usable.id,
        title: input.title,
        location: input.location,
        idempotencyKey: input.idempotencyKey,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: ads.id });
    if (!ad) throw new DomainError('conflict', 'This ad is being published already.');
    await asOwner(tx, async (owner) => {
      await markPublic(owner, usable.id);
      await recordEvent(owner, ctx.actor, {
        noun: 'ad',
        nounId: ad.id,
        verb: 'published',
        brandId,
        audienceId: ctx.actor.userId,
      });
    });
    return ad.id;
  }).catch(async (error: unknown) => {
    // The other half of a double click won; a brand made beside it was rolled back with this half.
    const winner = DomainError.is(error) && error.code === 'conflict' ? await findByKey(ctx, input) : null;
    if (winner) return winner;
    throw error;
  });
  return readAd(ctx, id);
}

/** The ad that was published with this key. Throws `conflict` when it was another one. */
const findByKey = (ctx: UserContext, { idempotencyKey, title, location }: CreateAdInput): Promise<string | undefined> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    const [ad] = await tx
      .select({ id: ads.id, title: ads.title, location: ads.location })
      .from(ads)
      .where(and(eq(ads.authorId, ctx.actor.userId), eq(ads.idempotencyKey, idempotencyKey)));
    if (ad && (ad.title !== title || ad.location !== location)) {
      throw new DomainError(
        'conflict',
        'This idempotency key was used for another ad. Nothing was published; send it with a new key.',
      );
    }
    return ad?.id;
  });

async function brandFor(tx: Tx, ctx: UserContext, brand: CreateAdInput['brand']): Promise<string> {
  if ('newBrand' in brand) return (await addBrand(tx, ctx, { name: brand.newBrand })).id;
  await mustActFor(tx, ctx, brand.brandId, 'publish_ads', 'Your role in this brand may not publish ads.');
  return brand.brandId;
}
