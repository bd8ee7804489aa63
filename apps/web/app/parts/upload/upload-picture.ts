import type { ImageType } from '@repo/domain/assets/rules';
import type { AssetView } from '@repo/domain/assets/schema';
import { TRPCClientError } from '@trpc/client';
import { api } from '#app/parts/api/api-client.ts';
import { sendBytes } from './send-bytes.ts';

export type UploadOptions = {
  /** An earlier attempt at the same file, whose bytes may have arrived although the answer did not. */
  earlierId: string | null;
  onSlot(assetId: string): void;
  onProgress(sentBytes: number): void;
  signal: AbortSignal;
};

/** Sends a picture to storage and says that it is there. Resolves while it is being checked. */
export async function uploadPicture(file: File, options: UploadOptions): Promise<AssetView> {
  const { earlierId, onSlot, onProgress, signal } = options;
  const earlier = earlierId ? await completeIfThere(earlierId, signal) : null;
  if (earlier) return earlier;
  const slot = await api.assets.requestSlot.mutate({ mimeType: file.type as ImageType, bytes: file.size }, { signal });
  onSlot(slot.assetId);
  await sendBytes(slot, file, { onProgress, signal });
  return api.assets.complete.mutate({ id: slot.assetId }, { signal });
}

/** The upload, if all its bytes arrived; null when they have to be sent again. */
export async function completeIfThere(assetId: string, signal?: AbortSignal): Promise<AssetView | null> {
  try {
    const asset = await api.assets.complete.mutate({ id: assetId }, signal ? { signal } : {});
    return asset.status === 'rejected' ? null : asset;
  } catch (error) {
    const code: unknown = error instanceof TRPCClientError ? error.data?.code : null;
    if (code === 'CONFLICT' || code === 'NOT_FOUND' || code === 'BAD_REQUEST') return null;
    throw error;
  }
}
