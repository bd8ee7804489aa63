/** Printed and pixelled: poster, halftone, pop art, pixel art. */
import { luma, mix, type Rgb, saturate } from '../colours.ts';
import { blurPlane, blurred, lumaOf, paintOver, paintRaster, type Raster, resize, withSharp } from '../raster.ts';
import { findPalette, inkLines, paletteLookup } from '../smooth.ts';
import { flatten } from './drawn.ts';
import type { Effect } from './effect.ts';
import { toneEnds } from './map-pixels.ts';

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
  const { data } = flat;
  const { random } = kit;
  for (let p = 0; p < data.length; p += 4) {
    const ink = printed[nearest(data[p]!, data[p + 1]!, data[p + 2]!)]!;
    const grain = (random.next() - 0.5) * 7;
    for (let c = 0; c < 3; c++) data[p + c] = ink[c]! + grain;
  }
  return withSharp(flat, (image) => image.median(Math.max(3, Math.round(3 * unit)) | 1));
};

/** Black (or coloured) dots on paper, over flat tints of the picture's own colours. */
export const halftone: Effect = async (raster, step) => {
  const { width, height } = raster;
  const pitch = (Math.max(width, height) / 1600) * 11 * Math.sqrt(step.strength);
  const ink: Rgb = step.colours[0] ?? [22, 20, 30];
  const soft = await blurred(raster, pitch / 3);
  const { low, high } = toneEnds(raster);
  const span = Math.max(0.3, high - low);
  const base = paintOver(soft, () => {});
  for (let p = 0; p < base.data.length; p += 4) {
    const r = base.data[p]!;
    const g = base.data[p + 1]!;
    const b = base.data[p + 2]!;
    const grey = r * 0.3 + g * 0.59 + b * 0.11;
    for (let c = 0; c < 3; c++) {
      const v = grey + (base.data[p + c]! - grey) * 1.5;
      base.data[p + c] = 250 - (250 - v) * 0.66 + (c === 2 ? -8 : 0);
    }
  }
  const turn = Math.PI / 4;
  return paintOver(base, (ctx) => {
    ctx.fillStyle = `rgb(${ink.map(Math.round).join(', ')})`;
    ctx.beginPath();
    const reach = Math.ceil(Math.hypot(width, height) / pitch / 2) + 1;
    for (let j = -reach; j <= reach; j++) {
      for (let i = -reach; i <= reach; i++) {
        const x = width / 2 + (i * Math.cos(turn) - j * Math.sin(turn)) * pitch;
        const y = height / 2 + (i * Math.sin(turn) + j * Math.cos(turn)) * pitch;
        if (x < -pitch || y < -pitch || x > width + pitch || y > height + pitch) continue;
        const px = Math.max(0, Math.min(width - 1, Math.round(x)));
        const py = Math.max(0, Math.min(height - 1, Math.round(y)));
        const q = (py * width + px) * 4;
        const t = (soft.data[q]! * 0.3 + soft.data[q + 1]! * 0.59 + soft.data[q + 2]! * 0.11) / 255;
        const dark = 1 - Math.max(0, Math.min(1, (t - low) / span));
        const r = Math.sqrt(dark) * pitch * 0.62 - pitch * 0.1;
        if (r < 0.4) continue;
        ctx.moveTo(x + r, y);
        ctx.arc(x, y, r, 0, Math.PI * 2);
      }
    }
    ctx.fill();
  });
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
