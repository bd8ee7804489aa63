/** Focus: blur, blur around the middle, sharpen, vignette. */

import { css } from '../colours.ts';
import { blurred, copy, paintOver, type Raster, resize, smoothstep, withSharp } from '../raster.ts';
import type { Effect } from './effect.ts';

export const blur: Effect = (raster, step) =>
  blurred(raster, (Math.max(raster.width, raster.height) / 1600) * 10 * step.strength ** 1.4);

/** Keeps an ellipse round the liveliest part of the picture sharp and lets the rest go soft. */
export const focus: Effect = async (raster, step) => {
  const { width, height } = raster;
  const soft = await blurred(raster, (Math.max(width, height) / 1600) * 15 * step.strength);
  const centre = await liveliestPoint(raster);
  const out = copy(raster);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 4) {
      const d = Math.hypot((x / width - centre.x) / 0.34, (y / height - centre.y) / 0.4);
      const k = smoothstep(0.72, 1.5, d);
      if (k > 0)
        for (let c = 0; c < 3; c++)
          out.data[p + c] = raster.data[p + c]! + (soft.data[p + c]! - raster.data[p + c]!) * k;
    }
  }
  return out;
};

/** Where most edges and colour are, drawn to the middle; parts of the width and height. */
export async function liveliestPoint(raster: Raster): Promise<{ x: number; y: number }> {
  const scale = 96 / Math.max(raster.width, raster.height);
  const { data, width, height } = await resize(raster, raster.width * scale, raster.height * scale, 'cubic');
  let [sx, sy, total] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const p = (y * width + x) * 4;
      let edge = 0;
      for (let c = 0; c < 3; c++)
        edge += Math.abs(data[p + c]! - data[p + 4 + c]!) + Math.abs(data[p + c]! - data[p + width * 4 + c]!);
      const colour = Math.max(data[p]!, data[p + 1]!, data[p + 2]!) - Math.min(data[p]!, data[p + 1]!, data[p + 2]!);
      const central = Math.exp(-((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) / 0.09);
      const weight = (edge + colour * 0.6) ** 1.5 * central;
      sx += weight * x;
      sy += weight * y;
      total += weight;
    }
  }
  return total > 0 ? { x: sx / total / width, y: sy / total / height } : { x: 0.5, y: 0.5 };
}

export const sharpen: Effect = (raster, step) =>
  withSharp(raster, (image) =>
    image.sharpen({ sigma: 1 + 0.6 * step.strength, m1: 0.6 * step.strength, m2: 2.4 * step.strength }),
  );

export const vignette: Effect = (raster, step) =>
  paintOver(raster, (ctx, width, height) => {
    const colour = step.colours[0] ?? [0, 0, 0];
    const reach = Math.hypot(width, height) / 2;
    ctx.translate(width / 2, height / 2);
    ctx.scale(width / (reach * 1.55), height / (reach * 1.55));
    const shade = ctx.createRadialGradient(0, 0, reach * 0.42, 0, 0, reach * 1.16);
    const k = Math.min(1, 0.84 * step.strength ** 0.7);
    shade.addColorStop(0, css(colour, 0));
    shade.addColorStop(0.4, css(colour, 0.2 * k));
    shade.addColorStop(0.75, css(colour, 0.62 * k));
    shade.addColorStop(1, css(colour, 0.92 * k));
    ctx.fillStyle = shade;
    ctx.fillRect(-reach * 2, -reach * 2, reach * 4, reach * 4);
  });
