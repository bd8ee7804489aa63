import { mediaTypeOf } from '../call/media-type-of.ts';
import type { Picture } from '../port.ts';

// 5 MB on the wire, counted in base64; 8,000 pixels a side. The models look at about 2,500 at most.
const MAX_BYTES = 3.75 * 1024 * 1024;
const MAX_SIDE = 8000;
const FITTED_SIDE = 2048;

const TAKEN = ['image/png', 'image/jpeg', 'image/webp'] as const;
type Taken = (typeof TAKEN)[number];
type Fitted = { bytes: Uint8Array; mimeType: Taken };

/** The picture itself where the wire takes it, else a smaller one. The type is that of the bytes: a wrong one is a 400. */
export async function fitForClaude(picture: Picture): Promise<Fitted> {
  // Only where it is needed: a web process that streams words carries no picture code.
  const { default: sharp } = await import('sharp');
  const mimeType = TAKEN.find((taken) => taken === mediaTypeOf(picture.bytes));
  const { width, height } = await sharp(picture.bytes).metadata();
  if (mimeType && picture.bytes.byteLength <= MAX_BYTES && Math.max(width, height) <= MAX_SIDE) {
    return { bytes: picture.bytes, mimeType };
  }
  const bytes = await sharp(picture.bytes)
    .autoOrient()
    .resize(FITTED_SIDE, FITTED_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 85 })
    .toBuffer();
  return { bytes, mimeType: 'image/webp' };
}
