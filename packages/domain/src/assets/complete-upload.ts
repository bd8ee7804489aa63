import { asOwner, assets, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { checkAssetJob } from '../job-definitions.ts';
import { incomingKey } from './keys.ts';
import { readAsset } from './read-assets.ts';
import type { AssetView } from './schema.ts';

/** Says that the bytes have arrived. Saying it twice changes nothing. */
export async function completeUpload(ctx: UserContext, assetId: string): Promise<AssetView> {
  const asset = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(assets)
      .where(and(eq(assets.id, assetId), eq(assets.ownerId, ctx.actor.userId)));
    return row;
  });
  if (!asset) throw notFound('upload');
  if (asset.status !== 'awaiting') return readAsset(ctx, assetId);

  const head = await ctx.store.head(incomingKey(assetId));
  if (!head) throw new DomainError('conflict', 'The file has not arrived yet. Upload it again.');
  if (head.bytes !== asset.declaredBytes) {
    await ctx.store.remove(incomingKey(assetId));
    throw new DomainError('invalid', 'Only a part of the file arrived. Upload it again.');
  }
  await transactAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, async (owner) => {
      const [row] = await owner
        .update(assets)
        .set({ status: 'checking' })
        .where(and(eq(assets.id, assetId), eq(assets.status, 'awaiting')))
        .returning({ id: assets.id });
      if (!row) return;
      await recordEvent(owner, ctx.actor, {
        noun: 'asset',
        nounId: assetId,
        verb: 'checking',
        audienceId: ctx.actor.userId,
      });
      await ctx.queue.enqueue(owner, checkAssetJob, { assetId });
    }),
  );
  return readAsset(ctx, assetId);
}
