import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { type Brush, ball, veil } from './light.ts';
import { seeded } from './seeded.ts';

const TILE = 512;
let tile: Canvas | undefined;

function grainTile(): Canvas {
  if (tile) return tile;
  const canvas = createCanvas(TILE, TILE);
  const ctx = canvas.getContext('2d');
  const image = ctx.createImageData(TILE, TILE);
  const random = seeded(7);
  for (let i = 0; i < image.data.length; i += 4) {
    // Three draws make a bell: film grain has few extremes.
    const value = 128 + (random() + random() + random() - 1.5) * 120;
    image.data[i] = image.data[i + 1] = image.data[i + 2] = value;
    image.data[i + 3] = 255;
  }
  ctx.putImageData(image, 0, 0);
  tile = canvas;
  return canvas;
}

/** Film grain over the whole artboard; it also hides the bands of long gradients. */
export function layGrain(ctx: Brush, width: number, height: number, strength = 0.22): void {
  const pattern = ctx.createPattern(grainTile(), 'repeat');
  ctx.save();
  ctx.globalCompositeOperation = 'soft-light';
  ctx.globalAlpha = strength;
  ctx.fillStyle = pattern;
  ctx.fillRect(0, 0, width, height);
  ctx.restore();
}

/** Darkens the corners in `hex`. */
export function layVignette(ctx: Brush, width: number, height: number, hex: string, strength: number): void {
  const radius = Math.hypot(width, height) / 2;
  ctx.fillStyle = ball(ctx, [width / 2, height / 2], radius, {
    0: veil(hex, 0),
    0.55: veil(hex, 0),
    0.8: veil(hex, strength * 0.4),
    1: veil(hex, strength),
  });
  ctx.fillRect(0, 0, width, height);
}
