import sharp from 'sharp';
import type { Picture } from '../port.ts';

// A whole request may have 20 MB, base64 included; one picture in it 7 MB.
const MAX_BYTES = 7 * 1024 * 1024;
const MAX_SIDE = 3072;
const TAKEN_AS_THEY_ARE: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** The picture itself where the wire takes it, else a smaller one: the models look at 3,072 pixels at most. */
export async function fitPicture(picture: Picture): Promise<Picture> {
  if (picture.bytes.byteLength <= MAX_BYTES && TAKEN_AS_THEY_ARE.has(picture.mimeType)) return picture;
  const bytes = await sharp(picture.bytes)
    .autoOrient()
    .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 90 })
    .toBuffer();
  return { bytes, mimeType: 'image/webp' };
}
