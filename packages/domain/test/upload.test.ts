import { randomUUID } from 'node:crypto';
import { assets, transactAs } from '@repo/db';
import {
  htmlNamedJpg,
  hugePng,
  jpegWithGpsAndOrientation,
  paintTestPhoto,
  svgFile,
  truncatedJpeg,
} from '@repo/media/testing';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAd } from '../src/ads/create-ad.ts';
import { readAd } from '../src/ads/read-ads.ts';
import { removeAd } from '../src/ads/remove-ad.ts';
import { CreateAdInput } from '../src/ads/schema.ts';
import { checkAsset } from '../src/assets/check-asset.ts';
import { completeUpload } from '../src/assets/complete-upload.ts';
import { readAsset } from '../src/assets/read-assets.ts';
import { requestSlot } from '../src/assets/request-slot.ts';
import { RequestSlotInput } from '../src/assets/schema.ts';
import { sweepAssets } from '../src/assets/sweep-assets.ts';
import type { UserContext } from '../src/context.ts';
import { checkAssetJob } from '../src/job-definitions.ts';
import { sweepPresses } from '../src/presses/sweep-presses.ts';
import { aWorld, type World } from '../src/testing.ts';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

async function filesOf(assetId: string): Promise<string[]> {
  const keys: string[] = [];
  for (const prefix of ['incoming/', 'private/', 'public/']) {
    for await (const key of world.tools.store.list(prefix)) if (key.includes(assetId)) keys.push(key);
  }
  return keys.sort();
}

test('a picture is uploaded, checked, usable, and its first bytes are not kept', async () => {
  const person = await world.aPerson();
  const id = await world.anAsset(person, await jpegWithGpsAndOrientation(6));
  const asset = await readAsset(person, id);
  expect(asset).toMatchObject({ status: 'usable', failure: null, useId: id });
  expect(asset.picture).toMatchObject({ width: 240, height: 160 });
  expect(await filesOf(id)).toEqual([`private/${id}/1600`, `private/${id}/480`, `private/${id}/full`]);
});

test.each([
  [
    'an HTML file named .jpg',
    htmlNamedJpg,
    'This file is not a picture, whatever its name says. Use a JPEG, PNG, WebP or AVIF.',
  ],
  [
    'a truncated JPEG',
    truncatedJpeg,
    'This picture is damaged or incomplete: it could not be read to its end. Save it again and retry.',
  ],
  ['a PNG of 30,000 x 30,000', () => hugePng(), 'This picture has more than 60 megapixels. Shrink it and try again.'],
  ['an SVG', svgFile, 'This kind of file cannot be used. Use a JPEG, PNG, WebP or AVIF.'],
])('%s is refused with its rule and leaves nothing behind', async (_, make, sentence) => {
  const person = await world.aPerson();
  const id = await world.anAsset(person, await make());
  expect(await readAsset(person, id)).toMatchObject({ status: 'rejected', failure: sentence, picture: null });
  expect(await filesOf(id)).toEqual([]);
});

test.each([
  [{ mimeType: 'image/jpeg', bytes: 0 }, 'This file is empty (0 bytes). Choose another picture.'],
  [
    { mimeType: 'image/jpeg', bytes: 51 * 1024 * 1024 },
    'This file is larger than 50 MB. Shrink it or choose a smaller one.',
  ],
  [{ mimeType: 'image/svg+xml', bytes: 500 }, 'This kind of file cannot be used. Use a JPEG, PNG, WebP or AVIF.'],
])('a slot for %o is refused before any byte is sent', (input, sentence) => {
  expect(RequestSlotInput.safeParse(input).error?.issues[0]?.message).toBe(sentence);
});

test('the same file of the same owner is stored once', async () => {
  const person = await world.aPerson();
  const photo = await paintTestPhoto({ width: 200, height: 160, seed: 7, format: 'jpeg' });
  const first = await world.anAsset(person, photo);
  const second = await world.anAsset(person, photo);
  expect(await readAsset(person, second)).toMatchObject({ status: 'usable', useId: first });
  expect(await filesOf(second)).toEqual([]);
  const stranger = await world.aPerson();
  const theirs = await world.anAsset(stranger, photo);
  expect((await readAsset(stranger, theirs)).useId).toBe(theirs);
});

test('an upload that has not arrived cannot be completed, and completing twice changes nothing', async () => {
  const person = await world.aPerson();
  const photo = await paintTestPhoto({ width: 90, height: 90, seed: 3, format: 'jpeg' });
  const slot = await requestSlot(person, { mimeType: 'image/jpeg', bytes: photo.byteLength });
  await expect(completeUpload(person, slot.assetId)).rejects.toMatchObject({ code: 'conflict' });
  await fetch(slot.url, { method: slot.method, headers: slot.headers, body: new Uint8Array(photo) });
  expect(await completeUpload(person, slot.assetId)).toMatchObject({ status: 'checking' });
  expect(await completeUpload(person, slot.assetId)).toMatchObject({ status: 'checking' });
  await world.checkUpload(slot.assetId);
  expect(await completeUpload(person, slot.assetId)).toMatchObject({ status: 'usable' });
});

test("another person's upload looks missing", async () => {
  const [owner, stranger] = [await world.aPerson(), await world.aPerson()];
  const id = await world.anAsset(owner);
  await expect(readAsset(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(completeUpload(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  const ad = { assetId: id, title: 'Stolen', location: '', brand: { newBrand: 'Thief' }, idempotencyKey: randomUUID() };
  await expect(createAd(stranger, ad)).rejects.toMatchObject({ code: 'not_found' });
});

test('with storage away the last try still tells the owner, and nothing stays "checking"', async () => {
  const person = await world.aPerson();
  const photo = await paintTestPhoto({ width: 90, height: 90, seed: 11, format: 'jpeg' });
  const slot = await requestSlot(person, { mimeType: 'image/jpeg', bytes: photo.byteLength });
  await fetch(slot.url, { method: slot.method, headers: slot.headers, body: new Uint8Array(photo) });
  await completeUpload(person, slot.assetId);
  const away = async () => {
    throw new Error('storage is away');
  };
  const ctx = { ...world.system, store: { ...world.system.store, get: away, remove: away, removeAll: away } };
  const lastTry = { attempt: checkAssetJob.retries + 1, signal: new AbortController().signal };
  await expect(checkAsset.run(ctx, { assetId: slot.assetId }, lastTry)).rejects.toThrow('storage is away');
  expect(await readAsset(person, slot.assetId)).toMatchObject({
    status: 'rejected',
    failure: 'This picture could not be checked. Upload it again.',
  });
});

test('guests are told to sign up before they upload', async () => {
  const guest = await world.aGuest();
  await expect(requestSlot(guest, { mimeType: 'image/png', bytes: 10 })).rejects.toMatchObject({
    code: 'sign_up_first',
  });
});

test('uploads that were never finished and refused ones are swept after an hour', async () => {
  const person = await world.aPerson();
  const slot = await requestSlot(person, { mimeType: 'image/png', bytes: 10 });
  const refused = await world.anAsset(person, htmlNamedJpg());
  const kept = await world.anAsset(person);
  expect(await sweepAssets(world.system)).toBe(0);
  world.clock.offsetMs = 2 * 3600_000;
  try {
    expect(await sweepAssets(world.system)).toBeGreaterThanOrEqual(2);
  } finally {
    world.clock.offsetMs = 0;
  }
  for (const id of [slot.assetId, refused]) {
    await expect(readAsset(person, id)).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await readAsset(person, kept)).toMatchObject({ status: 'usable' });
});

test('which key made an upload is forgotten after thirty days, and not before', async () => {
  const person = await world.aPerson();
  const press = { mimeType: 'image/png', bytes: 10, idempotencyKey: randomUUID() } as const;
  const { assetId } = await requestSlot(person, press);
  const day = 24 * 3600_000;
  try {
    world.clock.offsetMs = 29 * day;
    expect(await sweepPresses(world.system)).toBe(0);
    expect((await requestSlot(person, press)).assetId).toBe(assetId);
    world.clock.offsetMs = 31 * day;
    expect(await sweepPresses(world.system)).toBeGreaterThanOrEqual(1);
    expect((await requestSlot(person, press)).assetId).not.toBe(assetId);
  } finally {
    world.clock.offsetMs = 0;
  }
});

const anAdOf = (
  assetId: string,
  brand: CreateAdInput['brand'],
  idempotencyKey: string = randomUUID(),
): CreateAdInput => ({
  assetId,
  title: 'Winter is near',
  location: 'Oslo · Launch',
  brand,
  idempotencyKey,
});

test('an ad is published with a new brand in one step, and its picture is public from then on', async () => {
  const person = await world.aPerson();
  const ad = await createAd(person, anAdOf(await world.anAsset(person), { newBrand: 'Fjellsko' }));
  expect(ad).toMatchObject({
    title: 'Winter is near',
    location: 'Oslo · Launch',
    brand: { name: 'Fjellsko' },
    remixCount: 0,
  });
  const picture = await fetch((await readAd(world.visitor, ad.id)).picture.urls['480']);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
});

test('publishing twice with one key, even at the same moment, publishes once', async () => {
  const person = await world.aPerson();
  const input = anAdOf(await world.anAsset(person), { newBrand: 'Twice' });
  const made = await Promise.all([createAd(person, input), createAd(person, input)]);
  expect(made[0]!.id).toBe(made[1]!.id);
  expect((await createAd(person, input)).id).toBe(made[0]!.id);
});

test('nobody publishes for a brand that is not theirs', async () => {
  const theirs = await world.anAd();
  const person = await world.aPerson();
  const input = anAdOf(await world.anAsset(person), { brandId: theirs.brand.id });
  await expect(createAd(person, input)).rejects.toMatchObject({
    code: 'not_found',
    message: 'There is no such brand.',
  });
});

test('a removed ad is gone for everybody, files and all; a stranger cannot remove it', async () => {
  const person = await world.aPerson();
  const ad = await world.anAd(person);
  const url = ad.picture.urls['480'];
  await expect(removeAd(await world.aPerson(), ad.id)).rejects.toMatchObject({ code: 'forbidden' });
  await removeAd(person, ad.id);
  await expect(readAd(world.visitor, ad.id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await fetch(url)).status).toBe(404);
});

test.each([
  ['title', '', 'Give the ad a title.'],
  ['title', '\u200b', 'Give the ad a title.'],
  ['title', 'Sale\u202e', 'This text holds a control character that cannot be kept. Type it again.'],
  ['title', 'x'.repeat(121), 'A title has at most 120 characters; this one has 121.'],
  ['location', 'y'.repeat(161), 'A location has at most 160 characters; this one has 161.'],
])('a bad %s is refused with a sentence', (field, value, sentence) => {
  const input = { ...anAdOf(randomUUID(), { newBrand: 'B' }), [field]: value };
  expect(CreateAdInput.safeParse(input).error?.issues[0]?.message).toBe(sentence);
});

test('row security hides a private picture from a direct query by somebody else', async () => {
  const [owner, stranger] = [await world.aPerson(), await world.aPerson()];
  const id = await world.anAsset(owner);
  const read = (who: UserContext) =>
    transactAs(world.db, who.actor, (tx) => tx.select({ id: assets.id }).from(assets).where(eq(assets.id, id)));
  expect(await read(owner)).toHaveLength(1);
  expect(await read(stranger)).toHaveLength(0);
});
