/** The frames of a film, one after the other: pictures under a camera, what is in the air, and letters. */
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Airborne } from '../effects/effect.ts';
import { type Paint, type Raster, smoothstep } from '../raster.ts';
import type { Camera, View } from './camera.ts';
import type { Motion } from './read-motion.ts';
import { toCanvas } from './stage-picture.ts';

/** A sheet as large as the film whose edges fit together, so that it can fall for ever. */
export type AirSheet = Omit<Airborne, 'paint'> & { canvas: Canvas; phase: number };

export type Film = {
  width: number;
  height: number;
  seconds: number;
  framesPerSecond: number;
  /** One, or two that are dissolved into each other; of the film's shape. */
  stages: readonly [Raster, ...Raster[]];
  camera: Camera;
  motion: Motion;
  air: readonly AirSheet[];
  letters: Canvas | undefined;
};

const FADE_SECONDS = 0.7;

/** Yields RGBA bytes, each frame in memory of its own. `onFrame` hears how many have been asked for. */
export async function* filmFrames(
  film: Film,
  onFrame: (index: number, count: number) => void,
): AsyncGenerator<Uint8Array> {
  const { width, height, seconds, framesPerSecond } = film;
  const stages = film.stages.map(toCanvas);
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  ctx.imageSmoothingQuality = 'high';
  const count = seconds * framesPerSecond;
  for (let index = 0; index < count; index++) {
    onFrame(index, count);
    const time = index / framesPerSecond;
    drawStages(ctx, film, stages, index / (count - 1));
    for (const sheet of film.air) drawAir(ctx, film, sheet, time);
    if (film.letters) drawSheet(ctx, film.letters, smoothstep(0.3, 1, time));
    drawEnds(ctx, film, time);
    const { buffer, byteOffset, byteLength } = ctx.getImageData(0, 0, width, height).data;
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

function drawStages(ctx: SKRSContext2D, film: Film, stages: readonly Canvas[], t: number): void {
  const [first, second] = stages;
  const view = film.camera(t);
  const half = film.motion.transition === 'cut' ? 0 : Math.min(0.7 / film.seconds, 0.16);
  const shown = half === 0 ? Number(t >= 0.5) : smoothstep(0.5 - half, 0.5 + half, t);
  if (first && (shown < 1 || !second)) drawView(ctx, film, { picture: first, view, alpha: 1 });
  if (!second || shown === 0) return;
  if (film.motion.transition === 'dissolve') {
    drawView(ctx, film, { picture: second, view, alpha: shown });
    return;
  }
  if (shown > 0.5 || shown === 1) drawView(ctx, film, { picture: second, view, alpha: 1 });
  if (film.motion.transition === 'black') veil(ctx, film, 'black', 1 - Math.abs(shown * 2 - 1));
}

/** How much larger a picture must be for its turned corners to cover the film. */
const coverAt = (angle: number, ratio: number) =>
  Math.cos(angle) + Math.abs(Math.sin(angle)) * Math.max(ratio, 1 / ratio);

function drawView(
  ctx: SKRSContext2D,
  { width, height }: Film,
  { picture, view, alpha }: { picture: Canvas; view: View; alpha: number },
): void {
  const room = Math.max(0, 1 - coverAt(view.angle, width / height) / view.zoom) / 2;
  const scale = (view.zoom * width) / picture.width;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.translate(width / 2, height / 2);
  ctx.rotate(view.angle);
  ctx.scale(scale, scale);
  ctx.drawImage(picture, -(0.5 + view.x * room) * picture.width, -(0.5 + view.y * room) * picture.height);
  ctx.restore();
}

function drawAir(ctx: SKRSContext2D, { width, height }: Film, sheet: AirSheet, time: number): void {
  const fallen = sheet.fall * height * time;
  const sideways = fallen * (sheet.slant ?? 0) + (sheet.sway ?? 0) * width * Math.sin(time * 1.7 + sheet.phase);
  const wrap = (value: number, size: number) => ((value % size) + size) % size;
  // Whole pixels: nothing has to be blended between them, which takes half of the time.
  const [x, y] = [Math.round(wrap(sideways, width)), Math.round(wrap(fallen, height))];
  ctx.save();
  ctx.imageSmoothingEnabled = false;
  if (sheet.isLight) ctx.globalCompositeOperation = 'lighter';
  for (const dx of [x - width, x]) for (const dy of [y - height, y]) ctx.drawImage(sheet.canvas, dx, dy);
  ctx.restore();
}

function drawSheet(ctx: SKRSContext2D, sheet: Canvas, alpha: number): void {
  if (alpha <= 0) return;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.drawImage(sheet, 0, 0);
  ctx.restore();
}

function drawEnds(ctx: SKRSContext2D, film: Film, time: number): void {
  const { fadeIn, fadeOut } = film.motion;
  // The last frame is one frame before the end.
  const left = film.seconds - 1 / film.framesPerSecond - time;
  if (fadeIn) veil(ctx, film, fadeIn, 1 - smoothstep(0, FADE_SECONDS, time));
  if (fadeOut) veil(ctx, film, fadeOut, 1 - smoothstep(0, FADE_SECONDS, left));
}

function veil(ctx: SKRSContext2D, { width, height }: Film, colour: string, alpha: number): void {
  if (alpha <= 0) return;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, width, height);
  ctx.restore();
}

/** Paints a sheet and folds what hangs over its edges to the other side. */
export function createAirSheet(air: Airborne, width: number, height: number, phase: number): AirSheet {
  const margin = Math.round(Math.min(width, height) * 0.12);
  const wide = createCanvas(width + margin * 2, height + margin * 2);
  const wideCtx = wide.getContext('2d');
  wideCtx.translate(margin, margin);
  air.paint(wideCtx, width, height);
  const canvas = createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  if (air.isLight) ctx.globalCompositeOperation = 'lighter';
  for (const dx of [-width, 0, width])
    for (const dy of [-height, 0, height]) ctx.drawImage(wide, dx - margin, dy - margin);
  return { ...air, canvas, phase };
}

export function createSheet(width: number, height: number, paint: Paint): Canvas {
  const canvas = createCanvas(width, height);
  paint(canvas.getContext('2d'), width, height);
  return canvas;
}
