import sharp, { type Sharp } from 'sharp';
import type { Variant } from './rules.ts';

const ENCODE_SECONDS = 30;

/** An encoded picture, upright, sRGB, without any metadata. Sizes in pixels. */
export type PictureVariant = { bytes: Uint8Array; mimeType: string; width: number; height: number };

/** Decoded pixels, row by row, 8 bits per channel. `hasAlpha` is false where a fourth channel is all opaque. */
export type Bitmap = { data: Buffer; width: number; height: number; channels: 3 | 4; hasAlpha: boolean };

/** Every stored size from one decoded picture, and `preview`: at most 100 pixels a side, for its colours. */
export async function encodeVariants(
  bitmap: Bitmap,
): Promise<{ variants: Record<Variant, PictureVariant>; preview: Bitmap }> {
  const [full, middle] = await Promise.all([encodeFull(bitmap), shrink(bitmap, 1600)]);
  const [large, small, preview] = await Promise.all([
    finish(open(middle).webp({ quality: 82 })),
    finish(within(open(middle), 480).webp({ quality: 74 })),
    shrink(middle, 100),
  ]);
  return { variants: { full, '1600': large, '480': small }, preview };
}

// Optimised coding saves up to a sixth of the file but holds every coefficient: 360 MB more at 60 megapixels.
const OPTIMISED_UP_TO_PIXELS = 16_000_000;

function encodeFull(bitmap: Bitmap): Promise<PictureVariant> {
  const pixels = open(bitmap);
  if (bitmap.hasAlpha) return finish(pixels.png());
  const optimiseCoding = bitmap.width * bitmap.height <= OPTIMISED_UP_TO_PIXELS;
  return finish(pixels.jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimiseCoding }));
}

function open({ data, width, height, channels, hasAlpha }: Bitmap): Sharp {
  const pixels = sharp(data, { raw: { width, height, channels } }).timeout({ seconds: ENCODE_SECONDS });
  return channels === 4 && !hasAlpha ? pixels.removeAlpha() : pixels;
}

const within = (pixels: Sharp, longSide: number) =>
  pixels.resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true });

async function shrink(bitmap: Bitmap, longSide: number): Promise<Bitmap> {
  const { data, info } = await within(open(bitmap), longSide).raw().toBuffer({ resolveWithObject: true });
  return {
    data,
    width: info.width,
    height: info.height,
    channels: info.channels === 4 ? 4 : 3,
    hasAlpha: bitmap.hasAlpha,
  };
}

async function finish(picture: Sharp): Promise<PictureVariant> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { bytes: data, mimeType: `image/${info.format}`, width: info.width, height: info.height };
}
