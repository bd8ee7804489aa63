import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { paintTestPhoto } from '@repo/media/testing';
import sharp from 'sharp';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { compareOneByOne } from '../measure.ts';
import type { House } from '../open-house.ts';
import { upload } from '../upload-photo.ts';

export const group: BenchGroup = { title: 'Remixing', isQuick: true, run: benchRemix };

const RUNS = 6;
const ASK_EVERY_MS = 10;
const PROMPTS = ['make it warmer', 'make it a snowy night and add the words WINTER SALE'];

type Remix = { generation: { status: string; failure: { sentence: string } | null } | null };

/** From the press until the picture is stored and paid for, against sharp reading and writing the same picture. */
async function benchRemix(house: House, size: Size): Promise<Row[]> {
  const [width, height] = size.isShort ? [480, 320] : [1_600, 1_067];
  const photo = await paintTestPhoto({ width, height, seed: 77 });
  const { id: adId } = await house.api.mutate<{ id: string }>('ads.create', {
    assetId: await upload(house, photo),
    title: 'The picture of the bench',
    location: '',
    brand: { newBrand: 'Bench' },
    idempotencyKey: randomUUID(),
  });
  const rows: Row[] = [];
  for (const prompt of PROMPTS) {
    const comparison = await compareOneByOne(
      () => remix(house, adId, prompt),
      () => rewriteBare(photo),
      size.runs(RUNS),
    );
    rows.push({ name: `Remix, "${prompt}"`, floorName: 'sharp: decode, resize, encode', ...comparison });
  }
  return rows;
}

async function remix({ api }: House, adId: string, prompt: string): Promise<void> {
  const press = { adId, prompt, model: 'local/effects', idempotencyKey: randomUUID() };
  const { remixId } = await api.mutate<{ remixId: string }>('remixes.request', press);
  for (;;) {
    const { generation } = await api.query<Remix>('remixes.byId', { id: remixId });
    if (generation?.status === 'done') return;
    if (generation?.failure) throw new Error(`The remix failed: ${generation.failure.sentence}`);
    await wait(ASK_EVERY_MS);
  }
}

const rewriteBare = (photo: Uint8Array) =>
  sharp(photo)
    .autoOrient()
    .resize(1600, 1600, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer();
