import { thumbHashToApproximateAspectRatio, thumbHashToRGBA } from 'thumbhash';

const LONG_SIDE = 12;
const remembered = new Map<string, string | null>();

/**
 * A thumbhash (base64 or base64url) as a tiny picture, about 500 characters: small enough to send inside HTML,
 * where the library's own PNG takes 4 kB. The browser smooths it while stretching. Null when it cannot be read.
 */
export function thumbhashToDataUrl(thumbhash: string): string | null {
  const known = remembered.get(thumbhash);
  if (known !== undefined) return known;
  const url = paint(thumbhash);
  if (remembered.size >= 2000) remembered.clear();
  remembered.set(thumbhash, url);
  return url;
}

function paint(thumbhash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(thumbhash.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    if (bytes.length < 5) return null;
    const ratio = thumbHashToApproximateAspectRatio(bytes);
    const width = Math.max(2, Math.round(ratio >= 1 ? LONG_SIDE : LONG_SIDE * ratio));
    const height = Math.max(2, Math.round(ratio >= 1 ? LONG_SIDE / ratio : LONG_SIDE));
    return `data:image/bmp;base64,${encodeBmp(thumbHashToRGBA(bytes), width, height)}`;
  } catch {
    return null;
  }
}

/** Averages the 32-pixel decode down to width x height and writes 24-bit BMP: bottom row first, blue before red. */
function encodeBmp(image: { w: number; h: number; rgba: Uint8Array }, width: number, height: number): string {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = new Uint8Array(54 + stride * height);
  const view = new DataView(file.buffer);
  view.setUint16(0, 0x424d);
  view.setUint32(2, file.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = averageOf(image, x / width, y / height, (x + 1) / width, (y + 1) / height);
      file.set([blue, green, red], 54 + (height - 1 - y) * stride + x * 3);
    }
  }
  return btoa(String.fromCharCode(...file));
}

function averageOf(
  { w, h, rgba }: { w: number; h: number; rgba: Uint8Array },
  left: number,
  top: number,
  right: number,
  bottom: number,
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let weight = 0;
  for (let y = Math.floor(top * h); y < Math.max(Math.floor(top * h) + 1, Math.floor(bottom * h)); y++) {
    for (let x = Math.floor(left * w); x < Math.max(Math.floor(left * w) + 1, Math.floor(right * w)); x++) {
      const at = (y * w + x) * 4;
      const alpha = rgba[at + 3]! / 255;
      weight += alpha;
      for (const channel of [0, 1, 2] as const) sum[channel] += rgba[at + channel]! * alpha;
    }
  }
  return sum.map((total) => (weight ? Math.round(total / weight) : 128)) as [number, number, number];
}
