import { assets, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import type { AssetView } from './schema.ts';
import { viewPicture } from './view-picture.ts';

/** One's own upload and how far it is. */
export function readAsset(ctx: UserContext, id: string): Promise<AssetView> {
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    const mine = eq(assets.ownerId, ctx.actor.userId);
    const [asset] = await tx
      .select()
      .from(assets)
      .where(and(eq(assets.id, id), mine));
    if (!asset) throw notFound('upload');
    const [used] = asset.duplicateOf
      ? await tx
          .select()
          .from(assets)
          .where(and(eq(assets.id, asset.duplicateOf), mine))
      : [asset];
    const shown = used ?? asset;
    return {
      id: asset.id,
      status: asset.duplicateOf ? 'usable' : asset.status,
      failure: asset.failure,
      failureRule: asset.failureRule,
      useId: shown.id,
      picture: shown.status === 'usable' ? await viewPicture(ctx.store, shown) : null,
    };
  });
}
