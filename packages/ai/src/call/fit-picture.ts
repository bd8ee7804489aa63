import type { Picture } from '../port.ts';

// A whole request may have 20 MB, base64 included; one picture in it 7 MB.
const MAX_BYTES = 7 * 1024 * 1024;
const MAX_BYTES_IN_ALL = 14 * 1024 * 1024;
/** The models look at 3,072 pixels at most; less where the bytes are too many even then. */
const SIDES = [3072, 2048, 1536, 1024, 512];
const TAKEN_AS_THEY_ARE: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** The picture itself where the wire takes it, else a smaller one. Throws sharp's error for what it cannot read. */
export async function fitPicture(picture: Picture, maxBytes = MAX_BYTES): Promise<Picture> {
  if (picture.bytes.byteLength <= maxBytes && TAKEN_AS_THEY_ARE.has(picture.mimeType)) return picture;
  // Only now: a process that asks for words alone shall not load what decodes pictures.
  const { default: sharp } = await import('sharp');
  let bytes: Uint8Array = picture.bytes;
  for (const side of SIDES) {
    bytes = await sharp(picture.bytes)
      .autoOrient()
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 90 })
      .toBuffer();
    if (bytes.byteLength <= maxBytes) break;
  }
  return { bytes, mimeType: 'image/webp' };
}

/** Several pictures for one request, in their order: the more there are, the smaller each may be. */
export async function fitPictures(pictures: readonly Picture[]): Promise<Picture[]> {
  const each = Math.min(MAX_BYTES, Math.floor(MAX_BYTES_IN_ALL / Math.max(1, pictures.length)));
  const fitted: Picture[] = [];
  // One after the other: fourteen photographs decoded at once are a gigabyte.
  for (const picture of pictures) fitted.push(await fitPicture(picture, each));
  return fitted;
}
