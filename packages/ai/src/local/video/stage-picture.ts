/** Brings a picture of any shape to the shape of a film. */
import { createCanvas, ImageData } from '@napi-rs/canvas';
import { liveliestPoint } from '../effects/lens.ts';
import { blurred, paintRaster, type Raster, resize } from '../raster.ts';

export type Staged = {
  raster: Raster;
  /** What was done to fit: parts cut off, or empty sides filled. */
  fitted: 'as it was' | 'cropped' | 'filled';
};

// Cutting off more than this would cut off what the picture is about.
const MOST_CUT = 0.28;
const UNSEEN_CUT = 0.03;

/** Covers the stage where little is lost by it, round the liveliest part; else lays the whole picture over a blurred one. */
export async function stagePicture(picture: Raster, width: number, height: number): Promise<Staged> {
  const stage = width / height;
  const ratio = picture.width / picture.height;
  const cut = 1 - Math.min(stage / ratio, ratio / stage);
  const focus = await liveliestPoint(picture);
  if (cut <= MOST_CUT) {
    const raster = await coverStage(picture, { width, height, focus });
    return { raster, fitted: cut > UNSEEN_CUT ? 'cropped' : 'as it was' };
  }
  // A sixth of the size: of a blurred picture nobody sees the difference.
  const small = await coverStage(picture, { width: Math.ceil(width / 6), height: Math.ceil(height / 6), focus });
  const backdrop = toCanvas(await blurred(small, Math.max(width, height) / 6 / 26));
  const scale = Math.min(width / picture.width, height / picture.height);
  const front = await resize(picture, picture.width * scale, picture.height * scale);
  const raster = paintRaster(width, height, (ctx) => {
    ctx.fillStyle = '#ffffff';
    ctx.fillRect(0, 0, width, height);
    ctx.imageSmoothingQuality = 'high';
    ctx.drawImage(backdrop, 0, 0, width, height);
    ctx.fillStyle = 'rgba(8, 10, 16, 0.22)';
    ctx.fillRect(0, 0, width, height);
    ctx.shadowColor = 'rgba(0, 0, 0, 0.45)';
    ctx.shadowBlur = Math.max(width, height) / 40;
    ctx.drawImage(toCanvas(front), Math.round((width - front.width) / 2), Math.round((height - front.height) / 2));
  });
  return { raster, fitted: 'filled' };
}

async function coverStage(
  picture: Raster,
  to: { width: number; height: number; focus: { x: number; y: number } },
): Promise<Raster> {
  const { width, height, focus } = to;
  const scale = Math.max(width / picture.width, height / picture.height);
  const whole = await resize(picture, Math.max(width, picture.width * scale), Math.max(height, picture.height * scale));
  const at = (size: number, room: number, part: number) =>
    -Math.round(Math.max(0, Math.min(room - size, part * room - size / 2)));
  return paintRaster(width, height, (ctx) => {
    // What is clear lies on white, as on paper.
    ctx.fillStyle = '#ffffff';
    ctx.fillRect(0, 0, width, height);
    ctx.drawImage(toCanvas(whole), at(width, whole.width, focus.x), at(height, whole.height, focus.y));
  });
}

export function toCanvas({ data, width, height }: Raster) {
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
  return canvas;
}
