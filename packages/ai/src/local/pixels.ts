/** Pixels in memory (RGBA, 8 bit, not premultiplied) and the ways in and out of them. Without a canvas: for reading. */
import sharp, { type Sharp } from 'sharp';
import { type Picture, ProviderError } from '../port.ts';

sharp.cache(false);

export type Raster = { data: Uint8ClampedArray; width: number; height: number };

export const LONG_SIDE = 1600;
const MAX_PIXELS = 60_000_000;

/** Decodes any picture sharp knows, upright, sRGB, at most 1600 px long (or `longSide`). Throws ProviderError 'invalid'. */
export async function decodePicture(picture: Picture, longSide = LONG_SIDE): Promise<Raster> {
  try {
    const { data, info } = await sharp(picture.bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize(longSide, longSide, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data: bytesOf(data), width: info.width, height: info.height };
  } catch (cause) {
    throw new ProviderError('local', 'invalid', { detail: 'The picture could not be read.', cause });
  }
}

/** JPEG q92 for opaque pictures, PNG where something shows through. */
export async function encodePicture(raster: Raster): Promise<Picture> {
  const image = toSharp(raster);
  if (isOpaque(raster)) {
    const bytes = await image.removeAlpha().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
    return { bytes: new Uint8Array(bytes), mimeType: 'image/jpeg' };
  }
  return { bytes: new Uint8Array(await image.png({ compressionLevel: 6 }).toBuffer()), mimeType: 'image/png' };
}

export function toSharp(raster: Raster): Sharp {
  const { data, width, height } = raster;
  return sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } });
}

/** Runs a sharp pipeline over the pixels. */
export async function withSharp(raster: Raster, work: (image: Sharp) => Sharp): Promise<Raster> {
  const { data, info } = await work(isOpaque(raster) ? withoutAlpha(raster) : toSharp(raster))
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data: bytesOf(data), width: info.width, height: info.height };
}

/** Three channels: sharp multiplies colour by alpha and back round every operation, which triples the time. */
function withoutAlpha({ data, width, height }: Raster): Sharp {
  const packed = Buffer.allocUnsafe(width * height * 3);
  for (let p = 0, q = 0; p < data.length; p += 4, q += 3) {
    packed[q] = data[p]!;
    packed[q + 1] = data[p + 1]!;
    packed[q + 2] = data[p + 2]!;
  }
  return sharp(packed, { raw: { width, height, channels: 3 } });
}

export type Box = { x: number; y: number; width: number; height: number };

/** Resampled without keeping the proportions. */
export function resize(
  raster: Raster,
  width: number,
  height: number,
  kernel: 'lanczos3' | 'nearest' | 'cubic' = 'lanczos3',
): Promise<Raster> {
  return withSharp(raster, (image) =>
    image.resize(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)), { fit: 'fill', kernel }),
  );
}

export async function blurred(raster: Raster, sigma: number): Promise<Raster> {
  if (sigma < 0.3) return copy(raster);
  if (sigma < 8) return withSharp(raster, (image) => image.blur(sigma));
  // A wide blur carries no detail: blurring a small copy looks the same and takes a tenth of the time.
  const shrink = Math.min(8, sigma / 4);
  const { width, height } = raster;
  const small = await resize(raster, Math.max(8, width / shrink), Math.max(8, height / shrink), 'cubic');
  const soft = await withSharp(small, (image) => image.blur(sigma / shrink));
  return resize(soft, width, height, 'cubic');
}

export function copy(raster: Raster): Raster {
  return { ...raster, data: new Uint8ClampedArray(raster.data) };
}

export function isOpaque({ data }: Raster): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i]! < 255) return false;
  return true;
}

/** Brightness of every pixel, 0 to 1. */
export function lumaOf({ data, width, height }: Raster): Float32Array {
  const out = new Float32Array(width * height);
  for (let i = 0, p = 0; i < out.length; i++, p += 4)
    out[i] = (0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!) / 255;
  return out;
}

/** One channel, 0 to 1: masks, tones, local means. */
export type Plane = { values: Float32Array; width: number; height: number };

/** A plane through sharp as 8-bit grey. */
async function planeThrough(plane: Plane, work: (image: Sharp) => Sharp): Promise<Plane> {
  const { values, width, height } = plane;
  const bytes = Buffer.allocUnsafe(values.length);
  for (let i = 0; i < values.length; i++) bytes[i] = clamp01(values[i]!) * 255 + 0.5;
  const grey = sharp(bytes, { raw: { width, height, channels: 1 } });
  const { data, info } = await work(grey)
    .toColourspace('b-w')
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const out = new Float32Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = data[i]! / 255;
  return { values: out, width: info.width, height: info.height };
}

export function resizePlane(plane: Plane, width: number, height: number): Promise<Plane> {
  return planeThrough(plane, (image) =>
    image.resize(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)), { fit: 'fill', kernel: 'cubic' }),
  );
}

export async function blurPlane(
  values: Float32Array,
  width: number,
  height: number,
  sigma: number,
): Promise<Float32Array> {
  const plane = { values, width, height };
  if (sigma < 0.3) return values.slice();
  if (sigma < 8) return (await planeThrough(plane, (image) => image.blur(sigma))).values;
  const shrink = Math.min(8, sigma / 4);
  const small = await resizePlane(plane, Math.max(8, width / shrink), Math.max(8, height / shrink));
  const soft = await planeThrough(small, (image) => image.blur(sigma / shrink));
  return (await resizePlane(soft, width, height)).values;
}

export function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp01((value - low) / (high - low));
  return t * t * (3 - 2 * t);
}

function bytesOf(buffer: Buffer): Uint8ClampedArray {
  return new Uint8ClampedArray(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
