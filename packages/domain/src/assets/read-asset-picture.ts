import type { Picture } from '@repo/ai';
import type { assets } from '@repo/db';
import type { ObjectStore } from '@repo/storage';
import { variantKey } from './keys.ts';

/** The whole picture of a usable asset, for a model to look at. */
export async function readAssetPicture(
  store: ObjectStore,
  asset: Pick<typeof assets.$inferSelect, 'id' | 'mimeType'>,
): Promise<Picture> {
  // The private copy outlives publishing and hiding.
  return { bytes: await store.get(variantKey(asset.id, 'full', false)), mimeType: asset.mimeType ?? 'image/jpeg' };
}
