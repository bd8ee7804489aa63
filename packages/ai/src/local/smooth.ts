/** Edge-keeping smoothing and palettes: what the drawn and painted styles are built on. */
import type { Rgb } from './colours.ts';
import { type Raster, smoothstep } from './raster.ts';

/** Kuwahara: every pixel takes the mean of the calmest of four corners round it. Flat strokes, crisp edges. */
export function kuwahara(raster: Raster, radius: number): Raster {
  const { data, width, height } = raster;
  const stride = width + 1;
  // Sums may wrap round in 32 bits: differences over a small window still come out right.
  const sums = [0, 1, 2, 3].map(() => new Uint32Array(stride * (height + 1)));
  const [sr, sg, sb, sq] = sums as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  for (let y = 0, p = 0; y < height; y++) {
    let [r, g, b, q] = [0, 0, 0, 0];
    for (let x = 0; x < width; x++, p += 4) {
      r += data[p]!;
      g += data[p + 1]!;
      b += data[p + 2]!;
      const l = (data[p]! * 77 + data[p + 1]! * 150 + data[p + 2]! * 29) >> 8;
      q += l * l;
      const i = (y + 1) * stride + x + 1;
      sr[i] = sr[i - stride]! + r;
      sg[i] = sg[i - stride]! + g;
      sb[i] = sb[i - stride]! + b;
      sq[i] = sq[i - stride]! + q;
    }
  }
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 4) {
      let best = Number.POSITIVE_INFINITY;
      for (let corner = 0; corner < 4; corner++) {
        const x0 = Math.max(0, corner & 1 ? x : x - radius);
        const x1 = Math.min(width, (corner & 1 ? x + radius : x) + 1);
        const y0 = Math.max(0, corner & 2 ? y : y - radius);
        const y1 = Math.min(height, (corner & 2 ? y + radius : y) + 1);
        const [a, b, c, d] = [y0 * stride + x0, y0 * stride + x1, y1 * stride + x0, y1 * stride + x1];
        const n = (x1 - x0) * (y1 - y0);
        const r = ((sr[d]! - sr[b]! - sr[c]! + sr[a]!) >>> 0) / n;
        const g = ((sg[d]! - sg[b]! - sg[c]! + sg[a]!) >>> 0) / n;
        const bl = ((sb[d]! - sb[b]! - sb[c]! + sb[a]!) >>> 0) / n;
        const l = (r * 77 + g * 150 + bl * 29) / 256;
        const spread = ((sq[d]! - sq[b]! - sq[c]! + sq[a]!) >>> 0) / n - l * l;
        if (spread >= best) continue;
        best = spread;
        out[p] = r;
        out[p + 1] = g;
        out[p + 2] = bl;
      }
      out[p + 3] = data[p + 3]!;
    }
  }
  return { data: out, width, height };
}

/** The `count` colours that stand for the picture: median cut refined by a few rounds of k-means. */
export function findPalette({ data }: Raster, count: number): Rgb[] {
  const samples: number[][] = [];
  const step = Math.max(4, Math.floor(data.length / 4 / 6000) * 4);
  for (let p = 0; p < data.length - 3; p += step) samples.push([data[p]!, data[p + 1]!, data[p + 2]!]);
  let boxes = [samples];
  while (boxes.length < count) {
    boxes = boxes.toSorted((a, b) => reach(b).size - reach(a).size);
    const widest = boxes.shift()!;
    const { axis, size } = reach(widest);
    if (size === 0) return centres([widest, ...boxes]);
    const sorted = widest.toSorted((a, b) => a[axis]! - b[axis]!);
    const half = Math.ceil(sorted.length / 2);
    boxes.push(sorted.slice(0, half), sorted.slice(half));
  }
  let palette = centres(boxes);
  for (let round = 0; round < 4; round++) {
    const groups = palette.map(() => [] as number[][]);
    for (const s of samples) groups[nearestOf(palette, s[0]!, s[1]!, s[2]!)]!.push(s);
    palette = palette.map((old, i) => (groups[i]!.length > 0 ? centres([groups[i]!])[0]! : old));
  }
  return palette;
}

function reach(box: readonly number[][]): { axis: number; size: number } {
  let [axis, size] = [0, 0];
  for (let c = 0; c < 3; c++) {
    let [low, high] = [255, 0];
    for (const s of box) {
      low = Math.min(low, s[c]!);
      high = Math.max(high, s[c]!);
    }
    if (high - low > size) [axis, size] = [c, high - low];
  }
  return { axis, size: box.length < 2 ? 0 : size * Math.sqrt(box.length) };
}

function centres(boxes: readonly number[][][]): Rgb[] {
  return boxes.map((box) => {
    const sum = box.reduce((s, c) => [s[0]! + c[0]!, s[1]! + c[1]!, s[2]! + c[2]!], [0, 0, 0]);
    const n = Math.max(1, box.length);
    return [sum[0]! / n, sum[1]! / n, sum[2]! / n] as const;
  });
}

export function nearestOf(palette: readonly Rgb[], r: number, g: number, b: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < palette.length; i++) {
    const c = palette[i]!;
    const d = 2 * (r - c[0]) ** 2 + 4 * (g - c[1]) ** 2 + 3 * (b - c[2]) ** 2;
    if (d < least) [best, least] = [i, d];
  }
  return best;
}

/** Nearest palette entry by a 32 x 32 x 32 table: fast enough for every pixel. */
export function paletteLookup(palette: readonly Rgb[]): (r: number, g: number, b: number) => number {
  const table = new Int16Array(32768).fill(-1);
  const clamp = (v: number) => (v < 0 ? 0 : v > 255 ? 255 : v | 0);
  return (r, g, b) => {
    const key = ((clamp(r) >> 3) << 10) | ((clamp(g) >> 3) << 5) | (clamp(b) >> 3);
    if (table[key] === -1)
      table[key] = nearestOf(palette, (clamp(r) >> 3) * 8 + 4, (clamp(g) >> 3) * 8 + 4, (clamp(b) >> 3) * 8 + 4);
    return table[key]!;
  };
}

/** Ink lines from a difference of two blurs: 0 is paper, 1 is line. */
export function inkLines(fine: Float32Array, coarse: Float32Array, how: { from: number; to: number }): Float32Array {
  const lines = new Float32Array(fine.length);
  for (let i = 0; i < lines.length; i++) lines[i] = smoothstep(how.from, how.to, coarse[i]! - fine[i]!);
  return lines;
}
