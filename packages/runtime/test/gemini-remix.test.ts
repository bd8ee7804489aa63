import { randomUUID } from 'node:crypto';
import { type GeminiWire, startGeminiWire } from '@repo/ai/testing';
import { readGeneration } from '@repo/domain/generation/read-generations';
import { readReceipt } from '@repo/domain/generation/read-receipt';
import { requestGeneration } from '@repo/domain/generation/request-generation';
import { aWorld, type World } from '@repo/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnv } from '../src/env.ts';
import { modelEntries } from '../src/models/model-entries.ts';
import { workerShelf } from '../src/models/worker-shelf.server.ts';

let wire: GeminiWire;
let world: World;

beforeAll(async () => {
  wire = await startGeminiWire({ apiKey: 'a key of the tests' });
  const settings = { GEMINI_API_KEY: wire.apiKey, GEMINI_BASE_URL: wire.baseUrl };
  const env = readEnv({ ...settings, GEMINI_IMAGE_MODEL: 'gemini-of-the-test' });
  world = await aWorld();
  world.tools.models = workerShelf(env, world.tools.outside);
  world.system.models = world.tools.models;
});
afterAll(async () => {
  await world.close();
  await wire.close();
});

const ask = async (model = 'auto') => {
  const person = await world.aPerson();
  const assetId = await world.anAsset(person);
  const { id } = await requestGeneration(person, {
    kind: 'image.edit',
    assetId,
    prompt: 'make it winter',
    model,
    idempotencyKey: randomUUID(),
  });
  await world.advance(id);
  return { person, id, generation: await readGeneration(person, id) };
};

test('with a key set, Gemini comes first and local effects are still offered, at their own name', () => {
  const painters = (settings: Record<string, string>) =>
    modelEntries(readEnv(settings)).filter(({ prices }) => prices['image.edit']);
  const entries = painters({ GEMINI_API_KEY: 'a key of the tests' });
  expect(entries.map(({ provider }) => provider)).toEqual(['google', 'local']);
  expect(painters({}).map(({ label }) => label)).toEqual(['Local effects (no AI key set)']);
});

test('Gemini makes the picture, and the receipt names it', async () => {
  const { person, id, generation } = await ask();
  expect(generation).toMatchObject({ status: 'done', model: 'google/gemini-of-the-test' });
  expect(generation.picture!.width).toBeGreaterThan(0);
  expect(await readReceipt(person, id)).toMatchObject({
    captured: 4,
    sum: 0,
    modelLabel: 'Gemini (gemini-of-the-test)',
  });
  expect(wire.requests).toHaveLength(1);
});

test('what the model says beside its picture is kept', async () => {
  wire.next('success with thoughts and words');
  const { generation } = await ask();
  expect(generation.notes).toEqual(['The model says: I made it snow.']);
});

test('a refusal hidden in an OK costs nothing, and nothing else is tried in its place', async () => {
  const before = wire.requests.length;
  wire.next('image safety');
  const { person, id, generation } = await ask();
  expect(generation).toMatchObject({ status: 'failed', failure: { reason: 'refused' } });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
  expect(wire.requests.length - before).toBe(1);
});

test('an answer cut off in the middle is not asked for again, for it may be paid already', async () => {
  const before = wire.requests.length;
  wire.next('reset mid-body');
  const { person, id, generation } = await ask();
  expect(generation.status).toBe('checking');
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'failed', failure: { reason: 'unknown' } });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, released: 4, sum: 0 });
  expect(wire.requests.length - before).toBe(1);
});

test('a busy Gemini is waited for, with the wait it asked for', async () => {
  wire.next('rate limit with retry-after');
  const { generation } = await ask();
  expect(generation).toMatchObject({ status: 'retrying', lastError: 'The model is busy and kept turning us away.' });
});

test('the chosen local model is used although Gemini is there', async () => {
  const before = wire.requests.length;
  const person = await world.aPerson();
  const request = { kind: 'image.create', prompt: 'a lighthouse at night', aspectRatio: '1:1' } as const;
  const { id } = await requestGeneration(person, { ...request, model: 'local/effects', idempotencyKey: randomUUID() });
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'done', model: 'local/effects' });
  expect(wire.requests.length).toBe(before);
});
