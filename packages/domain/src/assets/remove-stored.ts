import type { ObjectStore } from '@repo/storage';
import { assetFolder } from './keys.ts';

/** Removes everything stored for an asset. */
export async function removeStored(store: ObjectStore, assetId: string): Promise<void> {
  await store.removeAll(assetFolder(assetId, true));
  await store.removeAll(assetFolder(assetId, false));
}
