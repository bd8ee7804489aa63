import type { assets } from '@repo/db';
import type { ObjectStore } from '@repo/storage';
import { variantKey } from './keys.ts';
import { VARIANTS, type Variant } from './rules.ts';
import type { PictureView } from './schema.ts';

type AssetRow = Pick<
  typeof assets.$inferSelect,
  'id' | 'isPublic' | 'width' | 'height' | 'thumbhash' | 'dominantColor'
>;

/** Lasting addresses for what is public, short-lived signed ones for what is not. Only for usable assets. */
export async function viewPicture(store: ObjectStore, asset: AssetRow): Promise<PictureView> {
  const urlOf = (variant: Variant) =>
    asset.isPublic
      ? store.publicUrl(variantKey(asset.id, variant, true))
      : store.signDownload(variantKey(asset.id, variant, false));
  const urls = await Promise.all(VARIANTS.map(urlOf));
  return {
    id: asset.id,
    width: asset.width ?? 1,
    height: asset.height ?? 1,
    thumbhash: asset.thumbhash ?? '',
    color: asset.dominantColor ?? '#808080',
    urls: Object.fromEntries(VARIANTS.map((variant, n) => [variant, urls[n]])) as PictureView['urls'],
  };
}
