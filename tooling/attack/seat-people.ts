import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { paintTestPhoto } from '@repo/media/testing';
import type { Sql } from 'postgres';
import { cookieNameFor, signSessionToken } from '../../packages/runtime/src/accounts/live-session.ts';
import { must } from './ask.ts';
import type { Known, Somebody, Target } from './target.ts';

type House = { origin: string; ownUrl: string; secret: string; sql: Sql };

/** Somebody with an account and a session of their own; a guest where `isGuest`. */
export async function seat(
  { ownUrl, secret, sql }: House,
  name: string,
  { isGuest = false, isStaff = false } = {},
): Promise<Somebody> {
  const [userId, token, email] = [randomUUID(), randomBytes(24).toString('hex'), `${name}-${randomUUID()}@attack.test`];
  await sql`insert into "user" (id, name, email, email_verified, is_anonymous, platform_role)
    values (${userId}, ${name}, ${email}, ${!isGuest}, ${isGuest}, ${isStaff ? 'staff' : 'member'})`;
  await sql`insert into session (user_id, token, expires_at, keep_signed_in)
    values (${userId}, ${token}, now() + interval '30 days', true)`;
  return { name, userId, email, headers: { cookie: `${cookieNameFor(ownUrl)}=${signSessionToken(token, secret)}` } };
}

/** An author with an ad, a draft that holds the canary and a published remix; a rival with a brand; staff; strangers. */
export async function seatPeople(house: House, canary: string): Promise<Pick<Target, 'people' | 'known'>> {
  const people = {
    author: await seat(house, 'author'),
    stranger: await seat(house, 'stranger'),
    rival: await seat(house, 'rival'),
    staff: await seat(house, 'staff', { isStaff: true }),
    guest: await seat(house, 'guest', { isGuest: true }),
  };
  const { author, rival } = people;
  const assetId = await uploadAs(house, author);
  const ad = await publishAs(house, author, assetId, 'Attacked & Sons');
  await publishAs(house, rival, await uploadAs(house, rival), 'Rivals United');
  const remixAs = (prompt: string) =>
    must<{ remixId: string }>(house, 'remixes.request', { adId: ad.id, prompt, idempotencyKey: randomUUID() }, author);
  const draft = await remixAs(`make it warmer ${canary}`);
  const published = await remixAs('make it a snowy night');
  const generationId = await untilMade(house, draft.remixId, author);
  await untilMade(house, published.remixId, author);
  await must(house, 'remixes.publish', { id: published.remixId }, author);
  const known: Known = {
    adId: ad.id,
    assetId,
    draftId: draft.remixId,
    publishedId: published.remixId,
    generationId,
    brandId: ad.brand.id,
  };
  return { people, known };
}

export async function uploadAs(house: Pick<House, 'origin'>, who: Somebody, bytes?: Uint8Array): Promise<string> {
  const body =
    bytes ?? (await paintTestPhoto({ width: 320, height: 240, seed: Math.floor(Math.random() * 1e6), format: 'jpeg' }));
  type Slot = { assetId: string; url: string; method: string; headers: Record<string, string> };
  const slot = await must<Slot>(house, 'assets.requestSlot', { mimeType: 'image/jpeg', bytes: body.byteLength }, who);
  const { pathname, search } = new URL(slot.url, house.origin);
  await fetch(`${house.origin}${pathname}${search}`, {
    method: slot.method,
    headers: slot.headers,
    body: new Uint8Array(body),
  });
  let asset = await must<{ status: string; useId: string }>(house, 'assets.complete', { id: slot.assetId }, who);
  while (asset.status === 'checking') {
    await wait(50);
    asset = await must(house, 'assets.byId', { id: slot.assetId }, who);
  }
  return asset.useId;
}

/** An ad under a new brand of theirs. */
export function publishAs(house: Pick<House, 'origin'>, who: Somebody, assetId: string, newBrand: string) {
  const input = { assetId, title: 'An ad', location: '', brand: { newBrand }, idempotencyKey: randomUUID() };
  return must<{ id: string; brand: { id: string } }>(house, 'ads.create', input, who);
}

/** Resolves to the generation of a remix once it is made. */
async function untilMade(house: Pick<House, 'origin'>, id: string, who: Somebody): Promise<string> {
  const { generation } = await must<{ generation: { id: string } }>(house, 'remixes.byId', { id }, who);
  return whenMade(house, generation.id, who);
}

export async function whenMade(house: Pick<House, 'origin'>, id: string, who: Somebody): Promise<string> {
  for (;;) {
    const { status } = await must<{ status: string }>(house, 'generation.byId', { id }, who);
    if (status === 'done') return id;
    if (status === 'failed') throw new Error('The scene could not be set: a generation failed.');
    await wait(50);
  }
}
