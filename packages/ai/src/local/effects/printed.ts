/** Printed and pixelled: poster, halftone, pop art, pixel art. */
import { luma, mix, type Rgb, saturate } from '../colours.ts';
import { blurPlane, blurred, lumaOf, paintRaster, type Raster, resize, withSharp } from '../raster.ts';
import { findPalette, inkLines, paletteLookup } from '../smooth.ts';
import { flatten } from './drawn.ts';
import type { Effect } from './effect.ts';
import { mapPixels, toneEnds } from './map-pixels.ts';

/** Few inks, hard edges: the picture cut into shapes as for a screen print. */
export const poster: Effect = async (raster, step, kit) => {
  const { width, height } = raster;
  const unit = Math.max(width, height) / 1600;
  const flat = await flatten(await blurred(raster, 1.4 * unit), 8, 2);
  const inks = Math.max(4, Math.round(8 - 2 * Math.min(1.6, step.strength)));
  const found = findPalette(flat, inks).toSorted((a, b) => luma(a) - luma(b));
  // Spread the inks from near black to paper so that the print has punch.
  const low = luma(found[0]!);
  const high = luma(found.at(-1)!);
  const printed = found.map((ink): Rgb => {
    const wanted = 0.1 + 0.84 * ((luma(ink) - low) / Math.max(0.05, high - low));
    const rich = saturate(ink, 1.5);
    const gap = wanted - luma(rich);
    return gap > 0
      ? mix(rich, [255, 246, 226], Math.min(0.9, gap / Math.max(0.05, 0.97 - luma(rich))))
      : mix(rich, [22, 16, 34], Math.min(0.9, -gap / Math.max(0.05, luma(rich))));
  });
  const nearest = paletteLookup(found);
  const cut = printWith(flat, (r, g, b) => printed[nearest(r, g, b)]!);
  // Blurred and cut once more, the stairs of the first cut become curves.
  const again = paletteLookup(printed);
  const smooth = printWith(await blurred(cut, 2.6 * unit), (r, g, b) => printed[again(r, g, b)]!);
  const print = await blurred(smooth, 0.7 * unit);
  return mapPixels(print, (r, g, b, out) => {
    const grain = (kit.random.next() - 0.5) * 7;
    out[0] = r + grain;
    out[1] = g + grain;
    out[2] = b + grain;
  });
};

function printWith(raster: Raster, ink: (r: number, g: number, b: number) => Rgb): Raster {
  const { data } = raster;
  for (let p = 0; p < data.length; p += 4) {
    const colour = ink(data[p]!, data[p + 1]!, data[p + 2]!);
    for (let c = 0; c < 3; c++) data[p + c] = colour[c]!;
  }
  return raster;
}

/** Black (or coloured) dots on paper, over light tints of the picture's own colours. */
export const halftone: Effect = async (raster, step) => {
  const { width, height } = raster;
  const pitch = (Math.max(width, height) / 1600) * 10 * Math.sqrt(step.strength);
  const ink: Rgb = step.colours[0] ?? [24, 20, 34];
  const { data } = await blurred(raster, pitch / 2.6);
  const { low, high } = toneEnds(raster);
  const span = Math.max(0.3, high - low);
  const out = new Uint8ClampedArray(data.length);
  const diagonal = Math.SQRT1_2 / pitch;
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 4) {
      const [r, g, b] = [data[p]!, data[p + 1]!, data[p + 2]!];
      const grey = r * 0.3 + g * 0.59 + b * 0.11;
      const dark = 1 - Math.max(0, Math.min(1, (grey / 255 - low) / span));
      const [u, v] = [(x + y) * diagonal, (x - y) * diagonal];
      const d = Math.hypot(u - Math.round(u), v - Math.round(v)) * pitch;
      // The dot's rim is one pixel of grey: print, not steps.
      const cover = Math.max(0, Math.min(1, Math.sqrt(dark) * pitch * 0.72 - pitch * 0.17 - d + 0.5));
      // Keep the hue and let the dots carry the dark.
      const lift = 1 + (1 - grey / 255) * 0.9;
      for (let c = 0; c < 3; c++) {
        const colour = (grey + (data[p + c]! - grey) * 1.55) * lift;
        const paper = [255, 249, 234][c]! * 0.42 + Math.max(0, Math.min(255, colour)) * 0.58;
        out[p + c] = paper + (ink[c]! - paper) * cover;
      }
      out[p + 3] = data[p + 3]!;
    }
  }
  return { data: out, width, height };
};

const POP: readonly Rgb[][] = [
  [
    [24, 18, 40],
    [232, 28, 98],
    [255, 206, 34],
    [255, 246, 214],
  ],
  [
    [30, 10, 60],
    [0, 150, 214],
    [255, 112, 160],
    [255, 240, 120],
  ],
  [
    [12, 30, 60],
    [240, 70, 40],
    [70, 206, 190],
    [255, 244, 206],
  ],
  [
    [44, 8, 52],
    [120, 60, 220],
    [255, 150, 30],
    [214, 255, 120],
  ],
];

/** Four loud colours by tone, ink outlines, and dots in the half tones. */
export const popart: Effect = async (raster, step, kit) => {
  const { width, height } = raster;
  const unit = Math.max(width, height) / 1600;
  const given = step.colours;
  const set: readonly Rgb[] =
    given.length > 0
      ? [[20, 16, 34], given[0]!, given[1] ?? mix(given[0]!, [255, 240, 160], 0.6), [255, 247, 224]]
      : kit.random.pick(POP);
  const flat = await flatten(raster, 8, 2);
  const lum = await blurPlane(lumaOf(flat), width, height, 1.6 * unit);
  const ink = inkLines(
    await blurPlane(lumaOf(raster), width, height, 1.8 * unit),
    await blurPlane(lum, width, height, 4.2 * unit),
    { from: 0.016, to: 0.05 },
  );
  const { low, high } = tonesOf(lum);
  const span = Math.max(0.25, high - low);
  const pitch = 13 * unit;
  return paintRaster(width, height, (ctx) => {
    const image = ctx.createImageData(width, height);
    const out = image.data;
    for (let y = 0, i = 0, p = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++, p += 4) {
        const t = Math.max(0, Math.min(1, (lum[i]! - low) / span)) * 3.999;
        const level = Math.min(3, Math.floor(t));
        const within = t - level;
        // Dots of the next colour swell through the upper half of every step.
        const [u, v] = [(x + y) * Math.SQRT1_2, (x - y) * Math.SQRT1_2];
        const d = Math.hypot(u / pitch - Math.round(u / pitch), v / pitch - Math.round(v / pitch));
        const dot = level < 3 && within > 0.45 && d < (within - 0.45) * 0.95;
        const colour = set[dot ? level + 1 : level]!;
        const line = 1 - ink[i]! * 0.92;
        for (let c = 0; c < 3; c++) out[p + c] = colour[c]! * line + set[0]![c]! * (1 - line);
        out[p + 3] = raster.data[p + 3]!;
      }
    }
    ctx.putImageData(image, 0, 0);
  });
};

function tonesOf(lum: Float32Array): { low: number; high: number } {
  const sorted = Float32Array.from({ length: Math.ceil(lum.length / 64) }, (_, i) => lum[i * 64]!).sort();
  return { low: sorted[Math.floor(sorted.length * 0.03)]!, high: sorted[Math.floor(sorted.length * 0.95)]! };
}

const BAYER = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map((v) => (v + 0.5) / 16 - 0.5);

export const pixel: Effect = async (raster, step) => {
  const cells = Math.round(168 / Math.max(0.5, step.strength));
  const size = Math.max(2, Math.round(Math.max(raster.width, raster.height) / cells));
  const w = Math.max(8, Math.round(raster.width / size));
  const h = Math.max(8, Math.round(raster.height / size));
  const small = await withSharp(await resize(raster, w, h), (image) =>
    image.modulate({ saturation: 1.35 }).sharpen({ sigma: 0.8 }),
  );
  const palette = findPalette(small, 26).map((c) => saturate(c, 1.1));
  const nearest = paletteLookup(palette);
  const { data } = small;
  for (let y = 0, p = 0; y < h; y++) {
    for (let x = 0; x < w; x++, p += 4) {
      const d = BAYER[(y & 3) * 4 + (x & 3)]! * 20;
      const colour = palette[nearest(data[p]! + d, data[p + 1]! + d, data[p + 2]! + d)]!;
      for (let c = 0; c < 3; c++) data[p + c] = colour[c]!;
      data[p + 3] = data[p + 3]! > 127 ? 255 : 0;
    }
  }
  const big: Raster = await resize(small, w * size, h * size, 'nearest');
  return big;
};
