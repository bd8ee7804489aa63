/** Painted: oil with brush relief, watercolour on paper. */
import { createNoise, layeredNoise } from '../noise.ts';
import { blurPlane, lumaOf, smoothstep } from '../raster.ts';
import { flatten } from './drawn.ts';
import type { Effect } from './effect.ts';

export const oil: Effect = async (raster, step, kit) => {
  const { width, height } = raster;
  const unit = Math.max(width, height) / 1600;
  const noise = createNoise(kit.random);
  const flat = await flatten(raster, Math.round(7 * Math.sqrt(step.strength)), 2);
  const lum = await blurPlane(lumaOf(flat), width, height, 2.2 * unit);
  const { data } = flat;
  const relief = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const gx = lum[i + 1]! - lum[i - 1]!;
      const gy = lum[i + width]! - lum[i - width]!;
      // Bristles run along the contours, and where there are none, along a slow swirl.
      const swirl = noise(x / (170 * unit), y / (170 * unit)) * Math.PI * 2;
      const strong = smoothstep(0.004, 0.02, Math.hypot(gx, gy));
      const cx = -gy * strong * 60 + Math.cos(swirl) * (1 - strong);
      const cy = gx * strong * 60 + Math.sin(swirl) * (1 - strong);
      const len = Math.hypot(cx, cy) || 1;
      const along = (x * cx + y * cy) / len / unit;
      const across = (-x * cy + y * cx) / len / unit;
      relief[i] = noise(across / 2.1 + 31, along / 26 + 7);
    }
  }
  for (let y = 0, i = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++, p += 4) {
      const light = (relief[i]! - relief[Math.max(0, i - width - 1)]!) * 46 + (relief[i]! - 0.5) * 20;
      const grey = data[p]! * 0.3 + data[p + 1]! * 0.59 + data[p + 2]! * 0.11;
      for (let c = 0; c < 3; c++)
        data[p + c] = (grey + (data[p + c]! - grey) * 1.28) * 1.03 + light * (0.4 + (0.6 * grey) / 255);
    }
  }
  return flat;
};

export const watercolor: Effect = async (raster, step, kit) => {
  const { width, height } = raster;
  const unit = Math.max(width, height) / 1600;
  const noise = createNoise(kit.random);
  const flat = await flatten(raster, Math.round(8 * Math.sqrt(step.strength)), 2);
  const lum = lumaOf(flat);
  const near = await blurPlane(lum, width, height, 1.6 * unit);
  const wide = await blurPlane(lum, width, height, 7 * unit);
  const { data } = flat;
  const quarter = (width >> 2) + 1;
  const blooms = new Float32Array(quarter * ((height >> 2) + 1));
  for (let i = 0; i < blooms.length; i++)
    blooms[i] = layeredNoise(noise, ((i % quarter) * 4) / unit / 130, (Math.floor(i / quarter) * 4) / unit / 130, 4);
  for (let y = 0, i = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++, p += 4) {
      const u = x / unit;
      const v = y / unit;
      const bloom = blooms[(y >> 2) * quarter + (x >> 2)]!;
      const tooth = noise(u / 2.4 + 60, v / 2.4) * 0.6 + noise(u / 5 + 10, v / 5 + 80) * 0.4;
      // Pigment gathers at the rim of every wash, and thins in its middle.
      const rim = Math.max(0, wide[i]! - near[i]!) * 1.9;
      const thin =
        0.2 + 0.2 * smoothstep(0.38, 0.72, bloom) * (0.25 + 0.75 * lum[i]!) + 0.1 * smoothstep(0.45, 0.9, tooth);
      const grey = data[p]! * 0.3 + data[p + 1]! * 0.59 + data[p + 2]! * 0.11;
      const inside = Math.min(u, v, width / unit - u, height / unit - v) - 22;
      const edge = inside > 60 ? inside : inside - (layeredNoise(noise, u / 90 + 200, v / 90, 3) - 0.5) * 48;
      const wet = smoothstep(-4, 9, edge);
      const rimOfSheet = 1 - 0.16 * smoothstep(22, 3, edge) * wet;
      for (let c = 0; c < 3; c++) {
        const pigment = (grey + (data[p + c]! - grey) * 1.5) * (1 - rim) * rimOfSheet;
        const paper = [253, 251, 245][c]! - (tooth - 0.5) * 13;
        const washed = pigment + (paper - pigment) * thin;
        data[p + c] = paper + (washed - paper) * wet - (tooth - 0.5) * 12 * wet;
      }
    }
  }
  return flat;
};
