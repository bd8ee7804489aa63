import { randomUUID } from 'node:crypto';
import type { AdView } from '@repo/domain/ads/schema';
import type { UserContext } from '@repo/domain/context';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aHouse, type House } from './api-house.ts';

let house: House;
let ad: AdView;
beforeAll(async () => {
  house = await aHouse();
  ad = await house.anAd();
});
afterAll(() => house.close());

const press = (extra: object = {}) => ({
  adId: ad.id,
  prompt: 'make it a snowy night',
  model: 'auto',
  idempotencyKey: randomUUID(),
  ...extra,
});

test('somebody out of credits is told what it costs and what they have, with 402', async () => {
  const guest = await house.aGuest();
  for (let pressed = 0; pressed < 5; pressed += 1) await house.post(guest, 'remixes.request', press());
  const { status, error } = await house.post(guest, 'remixes.request', press());
  expect(status).toBe(402);
  expect(error).toMatchObject({
    message: 'This costs 4 credits and you have 0. Nothing was charged.',
    data: {
      code: 'PAYMENT_REQUIRED',
      httpStatus: 402,
      domain: { code: 'out_of_credits', details: { needed: 4, balance: 0 } },
    },
  });
});

test('what does not exist is named as missing, with 404', async () => {
  const { status, error } = await house.get(house.visitor, 'ads.byId', { id: randomUUID() });
  expect(status).toBe(404);
  expect(error).toMatchObject({
    message: 'There is no such ad.',
    data: { code: 'NOT_FOUND', domain: { code: 'not_found', details: { noun: 'ad' } } },
  });
});

test('what somebody may not do is refused with 403', async () => {
  const { status, error } = await house.post(await house.aPerson(), 'ads.remove', { id: ad.id });
  expect([status, error?.message, error?.data.domain?.code]).toEqual([
    403,
    'Only its author and its brand may remove this ad.',
    'forbidden',
  ]);
});

test('one key for two requests is a conflict, with 409, and the first stands', async () => {
  const guest = await house.aGuest();
  const first = press();
  const made = await house.post(guest, 'remixes.request', first);
  const { status, error } = await house.post(guest, 'remixes.request', { ...first, prompt: 'in sepia' });
  expect([status, error?.message, error?.data.domain?.code]).toEqual([
    409,
    'This idempotency key was used for another request. Nothing was charged; send it with a new key.',
    'conflict',
  ]);
  expect((await house.post(guest, 'remixes.request', first)).result).toEqual(made.result);
});

test('a guest who must sign up first is told so with 412, not sent to sign in', async () => {
  const { status, error } = await house.post(await house.aGuest(), 'brands.create', { name: 'Mine' });
  expect([status, error?.message, error?.data.domain?.code]).toEqual([
    412,
    'Sign up to make a brand. It is free.',
    'sign_up_first',
  ]);
});

test('a visitor who must be somebody is told so with 401', async () => {
  const { status, error } = await house.get(house.visitor, 'remixes.mine', {});
  expect([status, error?.message, error?.data.domain]).toEqual([401, 'Sign in first.', null]);
});

test('too much at once is refused with 429', async () => {
  const person = await house.aPerson();
  const slot = () => house.post(person, 'assets.requestSlot', { mimeType: 'image/png', bytes: 10 });
  for (let asked = 0; asked < 40; asked += 1) expect((await slot()).status).toBe(200);
  const { status, error } = await slot();
  expect([status, error?.message, error?.data.domain?.code]).toEqual([
    429,
    'Too many uploads are unfinished. Finish some, or wait an hour.',
    'quota_exceeded',
  ]);
});

test('a brand of somebody else is missing for whoever wants to publish under it', async () => {
  const stranger = await house.aPerson();
  const { status, error } = await house.post(stranger, 'ads.create', {
    assetId: await house.anAsset(stranger),
    title: 'Not mine',
    brand: { brandId: ad.brand.id },
    idempotencyKey: randomUUID(),
  });
  expect([status, error?.message]).toEqual([404, 'There is no such brand.']);
});

test.each([
  ['remixes.request', () => press({ prompt: '' }), 'prompt', 'Say what should change: the prompt is empty.'],
  [
    'remixes.request',
    () => press({ prompt: 'x'.repeat(10_000) }),
    'prompt',
    'A prompt has at most 2,000 characters; this one has 10,000. Nothing was lost: shorten it and press again.',
  ],
  ['remixes.request', () => press({ adId: 'not-a-uuid' }), 'adId', 'This is not the address of an ad.'],
  ['brands.create', () => ({ name: '  ' }), 'name', 'Give the brand a name.'],
  ['generation.cancel', () => ({ id: '7' }), 'id', 'This is not the number of a generation.'],
])('%s: an input that does not fit (%#) is told as a sentence at its field', async (path, input, field, sentence) => {
  const { status, error } = await house.post(await house.aPerson(), path, input());
  expect([status, error?.message]).toEqual([400, sentence]);
  expect(error?.data.fields).toEqual({ [field]: [sentence] });
  expect(error?.data.domain).toBeNull();
});

test('of several things that do not fit, the first is the sentence and each stands at its field', async () => {
  const { error } = await house.post(await house.aPerson(), 'remixes.request', press({ adId: 'x', prompt: ' ' }));
  expect(error?.message).toBe('This is not the address of an ad.');
  expect(error?.data.fields).toEqual({
    adId: ['This is not the address of an ad.'],
    prompt: ['Say what should change: the prompt is empty.'],
  });
});

test('a field without a sentence of ours is named, so that nobody has to guess', async () => {
  const { status, error } = await house.get(house.visitor, 'ads.feed', { limit: 1_000 });
  expect(status).toBe(400);
  expect(error?.message).toMatch(/^limit: .+\.$/);
  expect(Object.keys(error?.data.fields ?? {})).toEqual(['limit']);
});

test('a damaged cursor is refused with a sentence', async () => {
  const { status, error } = await house.get(house.visitor, 'ads.feed', { cursor: 'bm90IGEgY3Vyc29y' });
  expect([status, error?.message]).toEqual([400, 'This page address is damaged. Start from the first page.']);
});

test('a cursor of a year that is none is refused like any damaged one', async () => {
  const cursor = Buffer.from(JSON.stringify(['0000-01-01T00:00:00Z', randomUUID()])).toString('base64url');
  const { status, error } = await house.get(house.visitor, 'ads.feed', { cursor });
  expect([status, error?.message]).toEqual([400, 'This page address is damaged. Start from the first page.']);
});

test('every refusal carries the number of its request', async () => {
  const { error } = await house.get(house.visitor, 'ads.byId', { id: randomUUID() });
  expect(error?.data.requestId).toBe('request-1');
});

/** A person in a house where something is broken that no sentence was written for. */
const inBrokenHouse = (person: UserContext): UserContext => ({
  ...person,
  models: {
    order: {},
    modelOf: null,
    streamOf: null,
    get entries(): never {
      throw new Error('connect ECONNREFUSED postgres://remixify:hunter2@db.internal:5432');
    },
  },
});

test('a bug hides its text and its stack from whoever met it', async () => {
  const { status, text, error } = await house.get(inBrokenHouse(await house.aPerson()), 'generation.models');
  expect(status).toBe(500);
  expect(error?.message).toBe('Something went wrong on our side.');
  expect(text).not.toMatch(/hunter2|ECONNREFUSED|stack|\.ts:\d|\/packages\//);
  expect(error?.data).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1', domain: null });
});

test('a bug keeps its cause for the log of the process', async () => {
  const broken = house.callerOf(inBrokenHouse(await house.aPerson()));
  await expect(broken.generation.models()).rejects.toMatchObject({
    message: 'Something went wrong on our side.',
    cause: { message: expect.stringContaining('ECONNREFUSED') },
  });
});

test('an answer of the wrong shape is a bug of ours, and tells nothing of what was in it', async () => {
  const person = await house.aPerson();
  const [entry] = person.models.entries;
  const wrong = {
    ...person,
    models: { ...person.models, modelOf: null, entries: [{ ...entry!, typicalSeconds: 'four' as never }] },
  };
  const { status, text, error } = await house.get(wrong, 'generation.models');
  expect([status, error?.message]).toEqual([500, 'Something went wrong on our side.']);
  expect(text).not.toContain('typicalSeconds');
});

test('a procedure that does not exist is refused without a stack', async () => {
  const { status, text } = await house.get(house.visitor, 'users.all');
  expect(status).toBe(404);
  expect(text).not.toMatch(/stack|\.ts:\d/);
});

test.each([
  ['a NUL', '\0'],
  ['half of a character', 'mug\ud800'],
])('%s is refused wherever it stands, also where a text is only looked for', async (_, text) => {
  const person = await house.aPerson();
  const of = { brandSlug: text };
  const looked = await house.post(person, 'quotas.set', { of, metric: 'image.generations', limit: 3 });
  expect(looked.error).toMatchObject({
    message: 'This text holds a control character that cannot be kept. Type it again.',
    data: { code: 'BAD_REQUEST', fields: { of: [expect.any(String)] } },
  });
  const inAName = await house.post(person, 'quotas.set', { [text]: 1 });
  expect(inAName.error?.data.code).toBe('BAD_REQUEST');
});
