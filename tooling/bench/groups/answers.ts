import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { paintTestPhoto } from '@repo/media/testing';
import sharp from 'sharp';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { compareOneByOne } from '../measure.ts';
import type { House } from '../open-house.ts';
import { upload } from '../upload-photo.ts';

export const group: BenchGroup = { title: 'Waiting for an answer', isQuick: false, run: benchAnswers };

const RUNS = 5;
const WORDS = 10;

type Generation = { id: string; status: string; failure: { sentence: string } | null };

/** What somebody waits for: an edit of a photo of 12 megapixels, and the first word of an answer. */
async function benchAnswers(house: House, size: Size): Promise<Row[]> {
  const [width, height] = size.isShort ? [800, 600] : [4_000, 3_000];
  const photo = await paintTestPhoto({ width, height, seed: 12 });
  const assetId = await upload(house, photo);
  const edit = await compareOneByOne(
    () => editPhoto(house, assetId),
    () => sharp(photo).jpeg({ quality: 92 }).toBuffer(),
    size.runs(RUNS),
  );
  const words = await compareOneByOne(
    () => firstWord(house),
    () => fetch(`${house.origin}/healthz`).then((answer) => answer.text()),
    size.runs(WORDS),
  );
  return [
    { name: `Local edit of ${(width * height) / 1e6} megapixels`, floorName: 'sharp: decode, encode', ...edit },
    { name: 'First word of a streamed answer', floorName: 'the same server: /healthz', ...words },
  ];
}

async function editPhoto({ api }: House, assetId: string): Promise<void> {
  const asked = { kind: 'image.edit', assetId, prompt: 'make it warmer', model: 'local/effects' };
  const { id } = await api.mutate<Generation>('generation.request', { ...asked, idempotencyKey: randomUUID() });
  for (;;) {
    const { status, failure } = await api.query<Generation>('generation.byId', { id });
    if (status === 'done') return;
    if (failure) throw new Error(`The edit failed: ${failure.sentence}`);
    await wait(10);
  }
}

/** As a client that reads streams asks: the answer comes in lines of JSON. */
async function firstWord({ origin, cookie }: House): Promise<void> {
  const input = {
    kind: 'text.stream',
    prompt: 'A story of a lighthouse.',
    model: 'local/rules',
    idempotencyKey: randomUUID(),
  };
  const answer = await fetch(`${origin}/api/trpc/generation.stream?batch=1`, {
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json', 'trpc-accept': 'application/jsonl' },
    body: JSON.stringify({ 0: { json: input } }),
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  for (;;) {
    const { value, done } = await reader.read();
    heard += value ?? '';
    if (heard.includes('"delta"')) break;
    if (done) throw new Error(`No word came: ${heard.slice(0, 300)}`);
  }
  await reader.cancel();
}
