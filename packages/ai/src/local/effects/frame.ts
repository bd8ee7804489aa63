/** Frames: a border in a colour, a polaroid. They tell the lettering where the picture and the paper are. */
import { createCanvas, ImageData } from '@napi-rs/canvas';
import sharp from 'sharp';
import { css, luma, mix, type Rgb } from '../colours.ts';
import { type Box, paintRaster, type Raster, withSharp } from '../raster.ts';
import type { Effect } from './effect.ts';

export const border: Effect = (raster, step, kit) => {
  const colour: Rgb = step.colours[0] ?? [255, 255, 255];
  const { width, height } = raster;
  const rim = Math.round(Math.max(6, Math.min(width, height) * 0.052 * step.strength ** 0.9));
  const outer = { width: width + rim * 2, height: height + rim * 2 };
  const { picture, caption } = kit.page;
  const inside = (box: Box): Box => ({ ...box, x: box.x + rim, y: box.y + rim });
  kit.page.picture = inside(picture ?? { x: 0, y: 0, width, height });
  if (caption) kit.page.caption = inside(caption);
  return paintRaster(outer.width, outer.height, (ctx) => {
    const fill = ctx.createLinearGradient(0, 0, outer.width, outer.height);
    const isMetal = colour[0] > 190 && colour[1] > 150 && colour[2] < 120;
    fill.addColorStop(0, css(isMetal ? mix(colour, [255, 255, 255], 0.35) : colour));
    fill.addColorStop(0.5, css(isMetal ? mix(colour, [120, 70, 0], 0.3) : colour));
    fill.addColorStop(1, css(isMetal ? mix(colour, [255, 255, 255], 0.25) : colour));
    ctx.fillStyle = fill;
    ctx.fillRect(0, 0, outer.width, outer.height);
    ctx.drawImage(asCanvas(raster), rim, rim);
    ctx.strokeStyle = luma(colour) > 0.5 ? 'rgba(0, 0, 0, 0.18)' : 'rgba(255, 255, 255, 0.2)';
    ctx.lineWidth = Math.max(1, rim / 26);
    ctx.strokeRect(rim, rim, width, height);
  });
};

export const polaroid: Effect = async (raster, step, kit) => {
  const paper: Rgb = step.colours[0] ?? [250, 248, 242];
  // An instant picture is nearly square: longer ones are cut to 5:4 or 4:5.
  const ratio = Math.max(0.8, Math.min(1.25, raster.width / raster.height));
  const w = Math.round(Math.min(raster.width, raster.height * ratio));
  const h = Math.round(Math.min(raster.height, raster.width / ratio));
  const shot = await withSharp(raster, (image) =>
    image.resize(w, h, { fit: 'cover', position: sharp.strategy.attention }),
  );
  const unit = Math.max(w, h);
  const rim = Math.round(unit * 0.062);
  const foot = Math.round(unit * 0.22);
  const outer = { width: w + rim * 2, height: h + rim + foot };
  kit.page.picture = { x: rim, y: rim, width: w, height: h };
  kit.page.caption = { x: rim, y: rim + h + foot * 0.1, width: w, height: foot * 0.78 };
  return paintRaster(outer.width, outer.height, (ctx) => {
    const sheet = ctx.createLinearGradient(0, 0, outer.width * 0.4, outer.height);
    sheet.addColorStop(0, css(mix(paper, [255, 255, 255], 0.5)));
    sheet.addColorStop(1, css(mix(paper, [90, 80, 60], 0.09)));
    ctx.fillStyle = sheet;
    ctx.fillRect(0, 0, outer.width, outer.height);
    ctx.drawImage(asCanvas(shot), rim, rim);
    const gloss = ctx.createLinearGradient(rim, rim, rim + w, rim + h);
    gloss.addColorStop(0, 'rgba(255, 255, 255, 0.16)');
    gloss.addColorStop(0.45, 'rgba(255, 255, 255, 0)');
    gloss.addColorStop(1, 'rgba(40, 10, 0, 0.1)');
    ctx.fillStyle = gloss;
    ctx.fillRect(rim, rim, w, h);
    ctx.strokeStyle = 'rgba(0, 0, 0, 0.3)';
    ctx.lineWidth = Math.max(1, unit / 700);
    ctx.strokeRect(rim, rim, w, h);
  });
};

function asCanvas(raster: Raster) {
  const canvas = createCanvas(raster.width, raster.height);
  canvas.getContext('2d').putImageData(new ImageData(raster.data, raster.width, raster.height), 0, 0);
  return canvas;
}
