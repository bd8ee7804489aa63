import { IMAGE_MAX_BYTES, IMAGE_MAX_PIXELS, type ImageType, type PictureRule } from '@repo/domain/assets/rules';

/** How much of a file is looked at: enough for the size behind the longest profile and thumbnail in front of it. */
export const HEAD_BYTES = 1024 * 1024;

/** What can be told of a file without decoding it. Sizes are in pixels, null where the head does not say. */
export type Inspection =
  | { rule: null; type: ImageType; width: number | null; height: number | null }
  | { rule: PictureRule };

/**
 * Looks at a file's first bytes, never at its name. Spares people a wait: the server looks again, and at every pixel.
 * @param head the first `HEAD_BYTES` of the file, or all of a smaller one
 */
export function inspectPicture(head: Uint8Array, bytes: number): Inspection {
  if (bytes === 0) return { rule: 'empty' };
  const kind = kindOf(head);
  if (kind === 'text') return { rule: 'not_a_picture' };
  if (kind === 'other') return { rule: 'type_not_allowed' };
  if (bytes > IMAGE_MAX_BYTES) return { rule: 'too_large' };
  const size = SIZE_OF[kind](head);
  if (size && size.width * size.height > IMAGE_MAX_PIXELS) return { rule: 'too_many_pixels' };
  return { rule: null, type: kind, width: size?.width ?? null, height: size?.height ?? null };
}

const ascii = (head: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...head.subarray(from, from + length));

/** Of GIF, BMP, TIFF, PDF, Photoshop, ZIP, WAV or AVI, Matroska: known, and not taken. */
const OTHER_OPENINGS = ['GIF8', 'BM', 'II*\0', 'MM\0*', '%PDF', '8BPS', 'PK\x03\x04', 'RIFF', '\x1aE\xdf\xa3'];

function kindOf(head: Uint8Array): ImageType | 'other' | 'text' {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  if (ascii(head, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return 'image/webp';
  if (ascii(head, 4, 4) === 'ftyp') return brandsOf(head).some((brand) => brand === 'avif') ? 'image/avif' : 'other';
  if (OTHER_OPENINGS.some((opening) => ascii(head, 0, 8).startsWith(opening))) return 'other';
  return isSvg(head) ? 'other' : 'text';
}

/** What an ISO file says it can be read as: AVIF, HEIC and films begin alike. */
function brandsOf(head: Uint8Array): string[] {
  const end = Math.min(viewOf(head).getUint32(0), head.length, 256);
  const brands = [ascii(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(head, at, 4));
  return brands;
}

function isSvg(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 4096));
  return /<svg[\s>/]/i.test(text) && /^\s*<(\?xml|!--|!doctype svg|svg[\s>/])/i.test(text);
}

type Size = { width: number; height: number };
const viewOf = (head: Uint8Array): DataView => new DataView(head.buffer, head.byteOffset, head.byteLength);

const SIZE_OF = {
  'image/jpeg': sizeOfJpeg,
  'image/png': sizeOfPng,
  'image/webp': sizeOfWebp,
  'image/avif': sizeOfAvif,
} satisfies Record<ImageType, (head: Uint8Array) => Size | null>;

function sizeOfPng(head: Uint8Array): Size | null {
  if (head.length < 24) return null;
  return { width: viewOf(head).getUint32(16), height: viewOf(head).getUint32(20) };
}

/** Walks from segment to segment up to the frame header. */
function sizeOfJpeg(head: Uint8Array): Size | null {
  const view = viewOf(head);
  let at = 2;
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1]!;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // A filling byte, or a marker that stands alone.
    const isBare = marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += isBare ? (marker === 0xff ? 1 : 2) : 2 + view.getUint16(at + 2);
  }
  return null;
}

function sizeOfWebp(head: Uint8Array): Size | null {
  if (head.length < 30) return null;
  const view = viewOf(head);
  const form = ascii(head, 12, 4);
  if (form === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  const threeBytes = (at: number) => view.getUint16(at, true) + (head[at + 2]! << 16);
  return form === 'VP8X' ? { width: threeBytes(24) + 1, height: threeBytes(27) + 1 } : null;
}

/** The largest of the sizes told: a picture of tiles also tells that of a tile and of a thumbnail. */
function sizeOfAvif(head: Uint8Array): Size | null {
  const view = viewOf(head);
  const end = Math.min(head.length, 64 * 1024) - 16;
  let largest: Size | null = null;
  for (let at = 4; at < end; at++) {
    if (head[at] !== 0x69 || ascii(head, at, 4) !== 'ispe') continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
