import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { expect } from 'vitest';

type Headers = Record<string, string>;
/** `turnedAway`: how often a web that was slow for a moment said "come back" first. */
export type RestAnswer = { status: number; data: Record<string, unknown>; turnedAway: number };
type Slot = { assetId: string; url: string; headers: Headers };

/** One request to `/api/v1`: a GET, or with a body a POST. */
export async function askRest(origin: string, path: string, who: Headers, body?: object): Promise<RestAnswer> {
  const headers = { 'content-type': 'application/json', ...who };
  const posted = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const send = () => fetch(`${origin}/api/v1${path}`, { headers, ...posted });
  let answer = await send();
  // "Come back": a web that is slow for a moment turns requests away, and whoever pressed sends the same press again.
  let turnedAway = 0;
  while (answer.status === 503) {
    turnedAway += 1;
    await answer.text();
    await wait(1_000);
    answer = await send();
  }
  const { data } = (await answer.json()) as { data?: Record<string, unknown> };
  return { status: answer.status, data: data ?? {}, turnedAway };
}

export const aPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 240, height: 160, channels: 3, background: '#3b7dd8' } })
    .jpeg()
    .toBuffer();

export async function askForSlot(origin: string, who: Headers, bytes: Buffer): Promise<Slot> {
  const slot = await askRest(origin, '/assets', who, { mimeType: 'image/jpeg', bytes: bytes.byteLength });
  expect(slot.status).toBe(200);
  return slot.data as Slot;
}

/** Publishes an ad with a picture of its own; resolves to its id. */
export async function publishAd(origin: string, who: Headers): Promise<string> {
  const bytes = await aPicture();
  const { assetId, url, headers } = await askForSlot(origin, who, bytes);
  expect((await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })).ok).toBe(true);
  await askRest(origin, `/assets/${assetId}/complete`, who, {});
  const look = async () => (await askRest(origin, `/assets/${assetId}`, who)).data['status'];
  await expect.poll(look, { timeout: 60_000 }).toBe('usable');
  const ad = await askRest(origin, '/ads', who, {
    assetId,
    title: 'A lighthouse',
    brand: { newBrand: 'Fleet' },
    idempotencyKey: 'fleet-ad-0',
  });
  expect(ad.status).toBe(200);
  return String(ad.data['id']);
}

export type Followed = {
  seen(): string;
  /** How the stream ended. `cut`: without its last chunk. */
  ended: Promise<'whole' | 'cut'>;
  stop(): void;
};

/** What happens to somebody's things after `lastEventId`, as one process tells it. */
export async function follow(origin: string, who: Headers, lastEventId: string): Promise<Followed> {
  const headers = { accept: 'text/event-stream', 'last-event-id': lastEventId, ...who };
  const request = send(`${origin}/api/v1/events`, { agent: false, headers });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  let seen = '';
  response.on('data', (piece) => {
    seen += piece;
  });
  const ended = new Promise<'whole' | 'cut'>((resolve) => {
    response.once('error', () => resolve('cut'));
    response.once('close', () => resolve(response.complete ? 'whole' : 'cut'));
  });
  return { seen: () => seen, ended, stop: () => request.destroy() };
}

/** Places of the events in a stream, those that arrived whole only. */
export const placesIn = (text: string): string[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((message) => /^id: (\S+)$/m.exec(message)?.[1] ?? []);
