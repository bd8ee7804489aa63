/** Drawn by hand: pencil sketch and cartoon. */
import { createNoise } from '../noise.ts';
import { blurPlane, lumaOf, type Raster, resize, smoothstep } from '../raster.ts';
import { inkLines, kuwahara } from '../smooth.ts';
import type { Effect } from './effect.ts';
import { toneEnds } from './map-pixels.ts';

export const sketch: Effect = async (raster, step, kit) => {
  const { width, height, data } = raster;
  const unit = Math.max(width, height) / 1600;
  const lum = lumaOf(raster);
  const near = await blurPlane(lum, width, height, 1.1 * unit);
  const wide = await blurPlane(lum, width, height, 9 * unit);
  const tone = await blurPlane(lum, width, height, 3.2 * unit);
  const { low, high } = toneEnds(raster);
  const span = Math.max(0.3, high - low);
  const noise = createNoise(kit.random);
  const k = 0.8 + 0.35 * step.strength;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      // Dodging the tones by their own blur leaves the contours, as graphite does.
      const dodge = Math.min(1, (near[i]! + 0.015) / (wide[i]! + 0.015));
      const line = 1 - Math.min(1, (1 - dodge) * 2.1 * k);
      const t = Math.max(0, Math.min(1, (tone[i]! - low) / span));
      // Two directions of hatching, the second only where it is dark.
      const u = x / unit;
      const v = y / unit;
      const grain = noise(u / 1.3, v / 1.3);
      const hatch = 0.5 + 0.5 * Math.sin((u * 0.8 + v * 1.25 + noise(u / 40, v / 40) * 9) * 0.74);
      const cross = 0.5 + 0.5 * Math.sin((u * 1.2 - v * 0.9 + noise(u / 36 + 50, v / 36) * 9) * 0.74);
      const shade =
        1 -
        smoothstep(0.7, 0.24, t) * 0.44 * (0.35 + 0.65 * hatch) * (0.6 + 0.6 * grain) -
        smoothstep(0.34, 0.06, t) * 0.38 * (0.45 + 0.55 * cross) * (0.6 + 0.6 * grain);
      const paper = 0.966 + (noise(u / 2.2 + 90, v / 2.2) - 0.5) * 0.045;
      const value = Math.max(0.09, Math.min(1, line * shade)) * paper;
      const p = i * 4;
      data[p] = 252 * value + 4;
      data[p + 1] = 249 * value + 4;
      data[p + 2] = 241 * value + 6;
    }
  }
  return raster;
};

export const cartoon: Effect = async (raster, step) => {
  const { width, height } = raster;
  const unit = Math.max(width, height) / 1600;
  const lum = lumaOf(raster);
  const fine = await blurPlane(lum, width, height, 1.5 * unit);
  const coarse = await blurPlane(lum, width, height, 3.4 * unit);
  const lines = await blurPlane(inkLines(fine, coarse, { from: 0.014, to: 0.05 }), width, height, 0.6);
  const flatter = await flatten(raster, Math.round(4 * Math.sqrt(step.strength)) + 1);
  const out = flatter.data;
  const levels = 6.5 - Math.min(2, step.strength);
  for (let i = 0, p = 0; i < lines.length; i++, p += 4) {
    const r = out[p]!;
    const g = out[p + 1]!;
    const b = out[p + 2]!;
    const max = Math.max(r, g, b, 1);
    // Brightness falls into a few steps with soft edges; hue is kept and strengthened.
    const t = Math.min(1, (max / 255) ** 0.86);
    const level = Math.floor(t * levels);
    const stepped = (level + smoothstep(0.32, 0.68, t * levels - level)) / levels;
    const f = (stepped * 255) / max;
    const ink = 1 - lines[i]! * 0.93;
    const grey = (r * 0.3 + g * 0.59 + b * 0.11) * f;
    out[p] = (grey + (r * f - grey) * 1.45) * ink;
    out[p + 1] = (grey + (g * f - grey) * 1.45) * ink;
    out[p + 2] = (grey + (b * f - grey) * 1.45) * ink;
  }
  return flatter;
};

/** Kuwahara at a working size that keeps it fast, brought back to full size. */
export async function flatten(raster: Raster, radius: number, rounds = 2): Promise<Raster> {
  const long = Math.max(raster.width, raster.height);
  const scale = Math.min(1, 1150 / long);
  let work =
    scale < 1
      ? await resize(raster, raster.width * scale, raster.height * scale)
      : { ...raster, data: new Uint8ClampedArray(raster.data) };
  const r = Math.max(1, Math.round((radius * Math.max(work.width, work.height)) / 1300));
  for (let i = 0; i < rounds; i++) work = kuwahara(work, Math.max(1, r - i));
  return scale < 1 ? resize(work, raster.width, raster.height, 'cubic') : work;
}
