import type { PictureView } from '@repo/domain/assets/schema';
import type { PictureData } from '@repo/ui';

/** A stored picture as the kit shows it: each address with the width it truly has. */
export function pictureOf({ urls, width, height, thumbhash, color }: PictureView): PictureData {
  const widthWithin = (longSide: number) =>
    Math.max(1, Math.round(Math.min(1, longSide / Math.max(width, height)) * width));
  const sources = [
    { url: urls['480'], width: widthWithin(480) },
    { url: urls['1600'], width: widthWithin(1600) },
  ];
  return { sources, width, height, thumbhash, color };
}
