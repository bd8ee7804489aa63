import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { paintTestPhoto } from '@repo/media/testing';
import sharp from 'sharp';
import { compareOneByOne } from './measure.ts';
import type { House } from './open-house.ts';
import type { Row } from './print-report.ts';

const RUNS = 8;
const ASK_EVERY_MS = 10;

type Slot = { assetId: string; method: string; url: string; headers: Record<string, string> };
type Asset = { status: string; failure: string | null; useId: string };

/** From asking for a slot until the picture is usable, against sharp doing the same to the same file. */
export async function benchUpload(house: House): Promise<Row[]> {
  // Different pictures: the same file by the same owner is stored once, which would be quick.
  const photos = await Promise.all(Array.from({ length: RUNS + 1 }, (_, seed) => aPhoto(seed)));
  const comparison = await compareOneByOne(
    (run) => upload(house, photos[run]!),
    (run) => checkBare(photos[run]!),
    RUNS,
  );
  const megabytes = (photos[1]!.byteLength / 1e6).toFixed(1);
  return [{ name: `Upload, 6 MP JPEG of ${megabytes} MB`, floorName: 'sharp, same variants', ...comparison }];
}

/** 6 megapixels, painted small and enlarged: painting them all would take longer than the bench. */
async function aPhoto(seed: number): Promise<Uint8Array> {
  const small = await paintTestPhoto({ width: 1000, height: 667, seed });
  return sharp(small).resize(3000, 2000, { fit: 'fill' }).sharpen().jpeg({ quality: 95 }).toBuffer();
}

/** Resolves to the asset's id once it is usable. */
export async function upload({ api }: House, bytes: Uint8Array): Promise<string> {
  const slot = await api.mutate<Slot>('assets.requestSlot', { mimeType: 'image/jpeg', bytes: bytes.byteLength });
  // The address people type may resolve to both stacks; the server listens on one.
  const url = slot.url.replace('//localhost:', '//127.0.0.1:');
  const sent = await fetch(url, { method: slot.method, headers: slot.headers, body: new Uint8Array(bytes) });
  if (!sent.ok) throw new Error(`Sending the bytes answered ${sent.status}: ${await sent.text()}`);
  let asset = await api.mutate<Asset>('assets.complete', { id: slot.assetId });
  while (asset.status === 'checking') {
    await wait(ASK_EVERY_MS);
    asset = await api.query<Asset>('assets.byId', { id: slot.assetId });
  }
  if (asset.status !== 'usable') throw new Error(`The upload ended as ${asset.status}: ${asset.failure}`);
  return asset.useId;
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
