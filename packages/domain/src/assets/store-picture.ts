import { checkPicture } from '@repo/media';
import type { ObjectStore } from '@repo/storage';
import { variantKey } from './keys.ts';
import { VARIANTS } from './rules.ts';

/** What an asset row says of a picture whose variants are stored. */
export type StoredPicture = {
  id: string;
  declaredType: string;
  declaredBytes: number;
  mimeType: string;
  width: number;
  height: number;
  sha256: string;
  thumbhash: string;
  dominantColor: string;
  storedBytes: number;
};

/** Checks a picture, makes its variants anew from pixels and stores them, private. Throws `PictureError`. */
export async function storePicture(store: ObjectStore, assetId: string, bytes: Uint8Array): Promise<StoredPicture> {
  const checked = await checkPicture(bytes);
  await Promise.all(
    VARIANTS.map((variant) => {
      const { bytes: body, mimeType } = checked.variants[variant];
      return store.put(variantKey(assetId, variant, false), body, { contentType: mimeType });
    }),
  );
  return {
    id: assetId,
    declaredType: checked.mimeType,
    declaredBytes: bytes.byteLength,
    mimeType: checked.variants.full.mimeType,
    width: checked.width,
    height: checked.height,
    sha256: checked.sha256,
    thumbhash: checked.thumbhash,
    dominantColor: checked.dominantColor,
    storedBytes: VARIANTS.reduce((sum, variant) => sum + checked.variants[variant].bytes.byteLength, 0),
  };
}
