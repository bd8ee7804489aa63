/** Pixels, and painting on them with a canvas. */
import { createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import type { Raster } from './pixels.ts';

export * from './pixels.ts';

export type Paint = (ctx: SKRSContext2D, width: number, height: number) => void;

/** Paints over the pixels with a canvas. */
export function paintOver(raster: Raster, paint: Paint): Raster {
  const { width, height } = raster;
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  ctx.putImageData(new ImageData(raster.data, width, height), 0, 0);
  paint(ctx, width, height);
  return { data: ctx.getImageData(0, 0, width, height).data, width, height };
}

/** A fresh, clear canvas painted and read back. */
export function paintRaster(width: number, height: number, paint: Paint): Raster {
  return paintOver({ data: new Uint8ClampedArray(width * height * 4), width, height }, paint);
}
