import { assets, constraintOf, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { PictureError } from '@repo/media';
import { ObjectMissing } from '@repo/storage';
import { and, eq } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import { checkAssetJob } from '../job-definitions.ts';
import { incomingKey } from './keys.ts';
import { removeStored } from './remove-stored.ts';
import { type StoredPicture, storePicture } from './store-picture.ts';

type AssetRow = typeof assets.$inferSelect;

/** Looks at an upload: makes it usable, or says which rule it broke and leaves no file behind. */
export const checkAsset = handleJob(checkAssetJob, async (ctx: SystemContext, { assetId }, run) => {
  const [asset] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select()
      .from(assets)
      .where(and(eq(assets.id, assetId), eq(assets.status, 'checking'))),
  );
  if (!asset) return;
  try {
    const bytes = await ctx.store.get(incomingKey(assetId));
    const stored = await storePicture(ctx.store, assetId, bytes);
    await makeUsable(ctx, asset, stored);
  } catch (error) {
    const isBroken = PictureError.is(error);
    const isGone = ObjectMissing.is(error);
    // Nothing stays "checking" for ever: the last try ends it, whatever the trouble was.
    if (!isBroken && !isGone && run.attempt <= checkAssetJob.retries) throw error;
    if (isBroken) await reject(ctx, asset, error.rule, error.message);
    else
      await reject(
        ctx,
        asset,
        'missing',
        isGone ? 'The file has vanished. Upload it again.' : 'This picture could not be checked. Upload it again.',
      );
  }
  await ctx.store.remove(incomingKey(assetId));
});

async function makeUsable(
  ctx: SystemContext,
  asset: AssetRow,
  { id: _, declaredType: __, declaredBytes: ___, ...found }: StoredPicture,
) {
  try {
    await transactAs(ctx.db, ctx.actor, async (tx) => {
      await tx
        .update(assets)
        .set({ ...found, status: 'usable', usableAt: ctx.now() })
        .where(and(eq(assets.id, asset.id), eq(assets.status, 'checking')));
      await recordEvent(tx, ctx.actor, { noun: 'asset', nounId: asset.id, verb: 'usable', audienceId: asset.ownerId });
    });
  } catch (error) {
    if (constraintOf(error) !== 'asset_owner_sha') throw error;
    await useEarlier(ctx, asset, found.sha256);
  }
}

/** The owner uploaded these very bytes before: points there and keeps one copy. */
async function useEarlier(ctx: SystemContext, asset: AssetRow, sha256: string) {
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [earlier] = await tx
      .select({ id: assets.id })
      .from(assets)
      .where(
        and(
          eq(assets.ownerId, asset.ownerId),
          eq(assets.sha256, sha256),
          eq(assets.status, 'usable'),
          eq(assets.origin, 'upload'),
        ),
      );
    await tx
      .update(assets)
      .set({ status: 'rejected', failureRule: 'duplicate', duplicateOf: earlier?.id ?? null })
      .where(eq(assets.id, asset.id));
    await recordEvent(tx, ctx.actor, { noun: 'asset', nounId: asset.id, verb: 'usable', audienceId: asset.ownerId });
  });
  await removeStored(ctx.store, asset.id);
}

/** First the sentence, then the files: with storage away, its owner is told all the same, and the sweep removes them. */
async function reject(ctx: SystemContext, asset: AssetRow, rule: string, sentence: string) {
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    await tx
      .update(assets)
      .set({ status: 'rejected', failureRule: rule, failure: sentence })
      .where(eq(assets.id, asset.id));
    await recordEvent(tx, ctx.actor, {
      noun: 'asset',
      nounId: asset.id,
      verb: 'rejected',
      audienceId: asset.ownerId,
      payload: { rule, sentence },
    });
  });
  await removeStored(ctx.store, asset.id);
}
