/** Guesses where the sky is: calm, blue or pale, and connected to the upper edge. Without a model it is only a guess. */
import { blurPlane, type Raster, resize, resizePlane, smoothstep } from './pixels.ts';

export type Sky = {
  /** 1 in the sky, 0 elsewhere, soft between. */
  mask: Float32Array;
  /** Part of the picture it takes, 0 to 1. */
  share: number;
  /** Where it ends, as a part of the height. */
  horizon: number;
};

const SMALL = 200;

export async function findSky(raster: Raster): Promise<Sky> {
  const scale = SMALL / Math.max(raster.width, raster.height);
  const small = await resize(raster, raster.width * scale, raster.height * scale, 'cubic');
  const { data, width, height } = small;
  const open = new Uint8Array(width * height);
  const queue: number[] = [];
  for (let x = 0; x < width; x++) if (isSkyLike(data, x * 4, 0)) queue.push(x);
  for (const i of queue) open[i] = 1;
  const edgeShare = queue.length / width;
  while (queue.length > 0) {
    const i = queue.pop()!;
    const x = i % width;
    for (const j of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i + width, i - width]) {
      if (j < 0 || j >= open.length || open[j]) continue;
      if (distance(data, i * 4, j * 4) < 22 && isSkyLike(data, j * 4, Math.floor(j / width) / height)) {
        open[j] = 1;
        queue.push(j);
      }
    }
  }
  fillColumns(open, width, height);
  let count = 0;
  const rows = new Float32Array(height);
  for (let i = 0; i < open.length; i++) {
    if (!open[i]) continue;
    count++;
    rows[Math.floor(i / width)]! += 1 / width;
  }
  const share = count / open.length;
  const found = edgeShare > 0.3 && share > 0.06 && share < 0.82;
  let horizon = 0;
  for (let y = 0; y < height; y++) if (rows[y]! > 0.25) horizon = y / height;
  if (!found) return { mask: new Float32Array(raster.width * raster.height), share: 0, horizon: 0.36 };
  return { mask: await enlarge(open, { width, height }, raster), share, horizon };
}

/** A cloud is sky too: in every column what lies above mostly open sky is filled, and stray specks below it go. */
function fillColumns(open: Uint8Array, width: number, height: number): void {
  for (let x = 0; x < width; x++) {
    let end = 0;
    let seen = 0;
    for (let y = 0; y < height; y++) {
      seen += open[y * width + x]!;
      if (open[y * width + x] && seen / (y + 1) > 0.6) end = y + 1;
    }
    for (let y = 0; y < height; y++) open[y * width + x] = y < end ? 1 : 0;
  }
}

function isSkyLike(data: Uint8ClampedArray, p: number, depth: number): boolean {
  const [r, g, b] = [data[p]!, data[p + 1]!, data[p + 2]!];
  const max = Math.max(r, g, b);
  const dull = (max - Math.min(r, g, b)) / Math.max(1, max);
  const light = (0.299 * r + 0.587 * g + 0.114 * b) / 255;
  const isBlue = b >= r && b >= g - 6 && dull > 0.12 && b > 40;
  const isPale = light > 0.52 + depth * 0.25 && dull < 0.16 && b >= r - 8;
  return isBlue ? depth < 0.85 : isPale;
}

function distance(data: Uint8ClampedArray, p: number, q: number): number {
  return Math.abs(data[p]! - data[q]!) + Math.abs(data[p + 1]! - data[q + 1]!) + Math.abs(data[p + 2]! - data[q + 2]!);
}

async function enlarge(open: Uint8Array, small: { width: number; height: number }, to: Raster): Promise<Float32Array> {
  const values = await blurPlane(Float32Array.from(open), small.width, small.height, 1.7);
  const mask = (await resizePlane({ values, ...small }, to.width, to.height)).values;
  for (let i = 0; i < mask.length; i++) mask[i] = smoothstep(0.3, 0.75, mask[i]!);
  return mask;
}
