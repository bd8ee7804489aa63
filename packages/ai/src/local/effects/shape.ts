/** The outline of the picture: mirrored, turned, closer, and cut for where it will be shown. */

import { createCanvas, ImageData } from '@napi-rs/canvas';
import sharp from 'sharp';
import { blurred, paintOver, type Raster, resize, withSharp } from '../raster.ts';
import type { Effect } from './effect.ts';
import { liveliestPoint } from './lens.ts';

export const mirror: Effect = (raster) => withSharp(raster, (image) => image.flop());
export const flip: Effect = (raster) => withSharp(raster, (image) => image.flip());
export const rotate: Effect = (raster) => withSharp(raster, (image) => image.rotate(90));
export const rotateLeft: Effect = (raster) => withSharp(raster, (image) => image.rotate(270));

export const zoom: Effect = async (raster, step) => {
  const { width, height } = raster;
  const factor = 1 + 0.5 * step.strength;
  const [w, h] = [Math.round(width / factor), Math.round(height / factor)];
  const centre = await liveliestPoint(raster);
  const left = Math.round(Math.max(0, Math.min(width - w, centre.x * width - w / 2)));
  const top = Math.round(Math.max(0, Math.min(height - h, centre.y * height - h / 2)));
  return withSharp(raster, (image) =>
    image.extract({ left, top, width: w, height: h }).resize(width, height, { fit: 'fill' }),
  );
};

export const square = reshape(1);
export const story = reshape(9 / 16);
export const landscape = reshape(16 / 9);
export const portrait = reshape(4 / 5);

/** At most this part of a side is cut away; what is still missing is filled with the picture's own colours. */
const KEEP = 0.56;

function reshape(target: number): Effect {
  return async (raster, _step, { longSide }) => {
    const ratio = raster.width / raster.height;
    if (Math.abs(ratio / target - 1) < 0.01) return raster;
    const kept = ratio > target ? Math.max(target, ratio * KEEP) : Math.min(target, ratio / KEEP);
    const cut = await cropTo(raster, kept);
    return Math.abs(kept / target - 1) < 0.01 ? cut : setOnBackdrop(cut, target, longSide);
  };
}

/** Cuts to a ratio around what draws the eye. */
async function cropTo(raster: Raster, ratio: number): Promise<Raster> {
  const { width, height } = raster;
  const w = Math.round(Math.min(width, height * ratio));
  const h = Math.round(Math.min(height, width / ratio));
  return withSharp(raster, (image) => image.resize(w, h, { fit: 'cover', position: sharp.strategy.attention }));
}

async function setOnBackdrop(cut: Raster, target: number, longSide: number): Promise<Raster> {
  const long = Math.min(longSide, Math.max(cut.width, cut.height, 1280) * 1.3);
  const width = Math.round(target < 1 ? long * target : long);
  const height = Math.round(target < 1 ? long : long / target);
  const scale = Math.min(width / cut.width, height / cut.height);
  const inner = await resize(cut, cut.width * scale, cut.height * scale);
  const back = await withSharp(cut, (image) => image.resize(width, height, { fit: 'cover' }));
  const soft = await blurred(back, Math.max(width, height) / 34);
  const top = Math.round((height - inner.height) / 2);
  const left = Math.round((width - inner.width) / 2);
  return paintOver(soft, (ctx) => {
    ctx.fillStyle = 'rgba(0, 0, 0, 0.22)';
    ctx.fillRect(0, 0, width, height);
    const card = createCanvas(inner.width, inner.height);
    card.getContext('2d').putImageData(new ImageData(inner.data, inner.width, inner.height), 0, 0);
    ctx.shadowColor = 'rgba(0, 0, 0, 0.55)';
    ctx.shadowBlur = Math.max(width, height) / 40;
    ctx.drawImage(card, left, top);
  });
}

/** A picture too small for crisp painting is enlarged first. */
export async function atLeast(raster: Raster, long: number): Promise<Raster> {
  const scale = long / Math.max(raster.width, raster.height);
  return scale > 1.02 ? resize(raster, raster.width * scale, raster.height * scale) : raster;
}
