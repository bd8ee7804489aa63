/** The pixel loop of every grade. */
import type { Rgb } from '../colours.ts';
import { mix } from '../colours.ts';
import type { Raster } from '../raster.ts';

/** Writes three channels (0 to 255; clamped) of the pixel into `out`. */
export type PixelRule = (r: number, g: number, b: number, out: Float32Array, x: number, y: number) => void;

/** Changes every pixel in place, blending by `amount` with what was there. */
export function mapPixels(raster: Raster, rule: PixelRule, amount = 1): Raster {
  const { data, width, height } = raster;
  const out = new Float32Array(3);
  let p = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 4) {
      const r = data[p]!;
      const g = data[p + 1]!;
      const b = data[p + 2]!;
      rule(r, g, b, out, x, y);
      data[p] = r + (out[0]! - r) * amount;
      data[p + 1] = g + (out[1]! - g) * amount;
      data[p + 2] = b + (out[2]! - b) * amount;
    }
  }
  return raster;
}

/** Colours laid over the tones from black (0) to white (1), as a look-up of 256 x RGB. */
export function gradientMap(stops: readonly { at: number; colour: Rgb }[]): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const t = i / 255;
    const next = stops.findIndex((stop) => stop.at >= t);
    const high = stops[next === -1 ? stops.length - 1 : next]!;
    const low = stops[Math.max(0, (next === -1 ? stops.length : next) - 1)]!;
    const span = high.at - low.at;
    table.set(mix(low.colour, high.colour, span > 0 ? (t - low.at) / span : 0), i * 3);
  }
  return table;
}

export function mapTones(raster: Raster, table: Uint8ClampedArray, amount: number, detail = 1): Raster {
  return mapPixels(
    raster,
    (r, g, b, out) => {
      const tone = 0.299 * r + 0.587 * g + 0.114 * b;
      const i = Math.max(0, Math.min(255, Math.round(128 + (tone - 128) * detail))) * 3;
      out[0] = table[i]!;
      out[1] = table[i + 1]!;
      out[2] = table[i + 2]!;
    },
    amount,
  );
}

/** A curve sampled into 256 steps. */
export function curve(shape: (t: number) => number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, i) => shape(i / 255) * 255);
}

/** The bright and dark ends of the tones (1 % and 99 %), 0 to 1. */
export function toneEnds({ data }: Raster): { low: number; high: number; mean: number } {
  const counts = new Uint32Array(256);
  let total = 0;
  let sum = 0;
  for (let p = 0; p < data.length; p += 16) {
    const l = Math.round(0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!);
    counts[l]!++;
    sum += l;
    total++;
  }
  const at = (share: number) => {
    let seen = 0;
    for (let i = 0; i < 256; i++) {
      seen += counts[i]!;
      if (seen >= total * share) return i / 255;
    }
    return 1;
  };
  return { low: at(0.01), high: at(0.99), mean: sum / Math.max(1, total) / 255 };
}
