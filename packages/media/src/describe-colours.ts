import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { Bitmap } from './encode-variants.ts';

/** A blurred placeholder (ThumbHash, base64) and the commonest colour (`#rrggbb`) of a picture of at most 100 x 100. */
export async function describeColours(preview: Bitmap): Promise<{ thumbhash: string; dominantColor: string }> {
  const { width, height, channels } = preview;
  const rgba = await sharp(preview.data, { raw: { width, height, channels } }).ensureAlpha().raw().toBuffer();
  const hash = rgbaToThumbHash(width, height, rgba);
  return { thumbhash: Buffer.from(hash).toString('base64'), dominantColor: await findDominantColor(rgba) };
}

/** Only what can be seen counts: the colour under a transparent pixel is an accident. */
async function findDominantColor(rgba: Buffer): Promise<string> {
  const seen: number[] = [];
  for (let at = 0; at < rgba.length; at += 4) {
    if (rgba[at + 3]! >= 128) seen.push(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!);
  }
  if (seen.length === 0) return '#ffffff';
  const raw = { width: seen.length / 3, height: 1, channels: 3 as const };
  const { dominant } = await sharp(Buffer.from(seen), { raw }).stats();
  const hex = [dominant.r, dominant.g, dominant.b].map((part) => part.toString(16).padStart(2, '0'));
  return `#${hex.join('')}`;
}
