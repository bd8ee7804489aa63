/** Pictures for the tests of the local model: painted here, and the real photographs where the folder exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { createLocalModel } from '../src/local/index.server.ts';
import type { MediaCall, MediaModel, MediaRequest, MediaResult, Picture } from '../src/port.ts';

export type Pixels = { data: Buffer; width: number; height: number };

/** A calm blue sky over a busy brown ground with a red ball: 640 x 420, always the same. */
export async function aPhoto(width = 640, height = 420): Promise<Picture> {
  const data = Buffer.alloc(width * height * 3);
  let state = 7;
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 3) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      const noise = (state >> 16) % 90;
      const isBall = Math.hypot(x - width * 0.7, y - height * 0.62) < height * 0.14;
      const isSky = y < height * 0.5;
      const rgb = isBall
        ? [205, 40, 45]
        : isSky
          ? [120 + y / 6, 165 + y / 7, 215]
          : [90 + noise, 72 + noise, 48 + noise / 2];
      data.set(rgb, p);
    }
  }
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
  return { bytes, mimeType: 'image/jpeg' };
}

/** One flat colour. */
export async function aSheet(colour: { r: number; g: number; b: number }, width = 400, height = 300): Promise<Picture> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: colour } })
    .png()
    .toBuffer();
  return { bytes, mimeType: 'image/png' };
}

/** The real photographs by name; empty where the folder is not there. */
export function photographs(): { name: string; picture: Picture }[] {
  const folder = process.env['FIXTURES_DIR'] ?? join(import.meta.dirname, '../../../../shared/fixtures');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(jpe?g|png)$/i.test(name))
    .map((name) => ({
      name,
      picture: { bytes: readFileSync(join(folder, name)), mimeType: /png$/i.test(name) ? 'image/png' : 'image/jpeg' },
    }));
}

export const model = createLocalModel();
/** Paints a quarter of the pixels or fewer: what an effect does is the same. */
export const smallModel = createLocalModel({ longSide: 640 });

export async function finish(request: MediaRequest, call?: MediaCall, by = model): Promise<MediaResult> {
  const progress = await by.start(request, call);
  if (progress.state !== 'done') throw new Error('The local model must answer done at once.');
  return progress;
}

export async function edit(
  prompt: string,
  picture?: Picture,
  { seed = 1, by = model }: { seed?: number; by?: MediaModel } = {},
): Promise<MediaResult & { pixels: Pixels }> {
  const result = await finish({ kind: 'image.edit', prompt, image: picture ?? (await aPhoto()), seed }, undefined, by);
  return { ...result, pixels: await pixelsOf(result.outputs[0]!) };
}

export async function pixelsOf(picture: Picture, size?: { width: number; height: number }): Promise<Pixels> {
  const upright = sharp(picture.bytes).autoOrient();
  const { data, info } = await (size ? upright.resize(size.width, size.height, { fit: 'fill' }) : upright)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export type Area = { left: number; top: number; right: number; bottom: number };
const WHOLE: Area = { left: 0, top: 0, right: 1, bottom: 1 };

/** Mean red, green, blue (0 to 255) of an area given in parts of the picture. */
export function meanColour({ data, width, height }: Pixels, area: Area = WHOLE): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(area.top * height); y < area.bottom * height; y++) {
    for (let x = Math.floor(area.left * width); x < area.right * width; x++, count++) {
      for (let c = 0; c < 3; c++) sum[c]! += data[(y * width + x) * 3 + c]!;
    }
  }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

export function brightness(pixels: Pixels, area: Area = WHOLE): number {
  const [r, g, b] = meanColour(pixels, area);
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

export function lumaAt({ data }: Pixels, i: number): number {
  return 0.299 * data[i * 3]! + 0.587 * data[i * 3 + 1]! + 0.114 * data[i * 3 + 2]!;
}

/** Mean step between neighbours: how much detail there is. */
export function detail(pixels: Pixels): number {
  let sum = 0;
  const { width, height } = pixels;
  for (let y = 0; y < height; y++)
    for (let x = 1; x < width; x++) sum += Math.abs(lumaAt(pixels, y * width + x) - lumaAt(pixels, y * width + x - 1));
  return sum / (width * height);
}

export function spread(pixels: Pixels): number {
  const mean = brightness(pixels);
  let sum = 0;
  const count = pixels.width * pixels.height;
  for (let i = 0; i < count; i++) sum += (lumaAt(pixels, i) - mean) ** 2;
  return Math.sqrt(sum / count);
}

/** Mean distance of the strongest from the weakest channel. */
export function colourfulness({ data }: Pixels): number {
  let sum = 0;
  for (let p = 0; p < data.length; p += 3)
    sum += Math.max(data[p]!, data[p + 1]!, data[p + 2]!) - Math.min(data[p]!, data[p + 1]!, data[p + 2]!);
  return sum / (data.length / 3);
}

/** Part of the pixels (0 to 1) that differ by more than `by` in brightness; both of one size. */
export function changed(a: Pixels, b: Pixels, by = 24): number {
  let count = 0;
  const total = a.width * a.height;
  for (let i = 0; i < total; i++) if (Math.abs(lumaAt(a, i) - lumaAt(b, i)) > by) count++;
  return count / total;
}
