import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { describeColours } from './describe-colours.ts';
import { type Bitmap, encodeVariants, type PictureVariant } from './encode-variants.ts';
import { namePictureType } from './name-picture-type.ts';
import { PictureError, throwAsPictureError } from './picture-error.ts';
import { FULL_LONG_SIDE, IMAGE_MAX_BYTES, IMAGE_MAX_PIXELS, type Variant } from './rules.ts';

// Uploads are read once each, so libvips' cache would only hold memory.
sharp.cache(false);

const DECODE_SECONDS = 20;

/** A picture that is safe to show. Type and size are those of the `full` variant; `sha256` (hex) is of the bytes as they arrived. */
export type CheckedPicture = {
  mimeType: 'image/jpeg' | 'image/png';
  width: number;
  height: number;
  sha256: string;
  /** Base64 of a ThumbHash. */
  thumbhash: string;
  /** `#rrggbb`. */
  dominantColor: string;
  variants: Record<Variant, PictureVariant>;
};

/**
 * Proves that a file is a whole, allowed picture and paints it anew from its pixels.
 * Throws `PictureError` for a file that breaks a rule. A fired `signal` ends it at the next step, with its reason.
 */
export async function checkPicture(
  source: Uint8Array,
  options: { signal?: AbortSignal } = {},
): Promise<CheckedPicture> {
  const { signal } = options;
  signal?.throwIfAborted();
  if (source.byteLength === 0) throw new PictureError('empty');
  if (source.byteLength > IMAGE_MAX_BYTES) throw new PictureError('too_large');
  await namePictureType(source);
  const header = await readHeader(source);

  signal?.throwIfAborted();
  const bitmap = await decode(source, header);

  signal?.throwIfAborted();
  const { variants, preview } = await encodeVariants(bitmap).catch((cause) => throwAsPictureError(cause));

  signal?.throwIfAborted();
  const { width, height } = variants.full;
  return {
    mimeType: bitmap.hasAlpha ? 'image/png' : 'image/jpeg',
    width,
    height,
    sha256: createHash('sha256').update(source).digest('hex'),
    ...(await describeColours(preview)),
    variants,
  };
}

/** Reads the header alone, so that a picture of a billion pixels costs nothing. */
async function readHeader(source: Uint8Array): Promise<Metadata> {
  const header = await sharp(source, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch((cause) => throwAsPictureError(cause, 'damaged'));
  if (header.width * header.height > IMAGE_MAX_PIXELS) throw new PictureError('too_many_pixels');
  return header;
}

/** The one decoding: upright, 8 bits per channel, sRGB, no larger than the full variant. */
async function decode(source: Uint8Array, header: Metadata): Promise<Bitmap> {
  const picture = sharp(source, { limitInputPixels: IMAGE_MAX_PIXELS, failOn: 'error', pages: 1 })
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .resize(FULL_LONG_SIDE, FULL_LONG_SIDE, { fit: 'inside', withoutEnlargement: true });
  // libvips leaves the profile of a 16-bit picture unapplied unless the work itself is done in sRGB.
  if (header.space === 'rgb16') picture.pipelineColourspace('srgb');
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause) => throwAsPictureError(cause, 'damaged'));
  const channels = info.channels === 4 ? 4 : 3;
  return { data, width: info.width, height: info.height, channels, hasAlpha: channels === 4 && !isOpaque(data) };
}

/** Screenshots often carry an alpha channel that says nothing. */
function isOpaque(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}
