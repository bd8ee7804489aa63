import { createHash } from 'node:crypto';
import { paintTestPhoto } from '@repo/media/testing';
import sharp from 'sharp';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { compareOneByOne } from '../measure.ts';
import type { House } from '../open-house.ts';
import { upload } from '../upload-photo.ts';

export const group: BenchGroup = { title: 'Uploading', isQuick: true, run: benchUpload };

const RUNS = 8;

/** From asking for a slot until the picture is usable, against sharp doing the same to the same file. */
async function benchUpload(house: House, size: Size): Promise<Row[]> {
  // Different pictures: the same file by the same owner is stored once, which would be quick.
  const runs = size.runs(RUNS);
  const [width, height] = size.isShort ? [600, 400] : [3_000, 2_000];
  const photos = await Promise.all(Array.from({ length: runs + 1 }, (_, seed) => aPhoto(seed, width, height)));
  const comparison = await compareOneByOne(
    (run) => upload(house, photos[run]!),
    (run) => checkBare(photos[run]!),
    runs,
  );
  const megabytes = (photos[0]!.byteLength / 1e6).toFixed(1);
  const name = `Upload, ${(width * height) / 1e6} MP JPEG of ${megabytes} MB`;
  return [{ name, floorName: 'sharp, same variants', ...comparison }];
}

/** Painted small and enlarged: painting 6 megapixels would take longer than the bench. */
async function aPhoto(seed: number, width: number, height: number): Promise<Uint8Array> {
  const small = await paintTestPhoto({ width: width / 3, height: Math.round(height / 3), seed });
  return sharp(small).resize(width, height, { fit: 'fill' }).sharpen().jpeg({ quality: 95 }).toBuffer();
}

/** What an upload is about: one decoding, three encodings, a hash and the commonest colour. */
async function checkBare(source: Uint8Array): Promise<void> {
  const header = await sharp(source).metadata();
  if (header.width * header.height > 60_000_000) throw new Error('too large');
  createHash('sha256').update(source).digest('hex');
  const { data, info } = await sharp(source, { failOn: 'error' })
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const within = (side: number) => pixels().resize(side, side, { fit: 'inside', withoutEnlargement: true });
  await Promise.all([
    pixels().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer(),
    within(1600).webp({ quality: 82 }).toBuffer(),
    within(480).webp({ quality: 74 }).toBuffer(),
    within(100).raw().toBuffer(),
  ]);
}
