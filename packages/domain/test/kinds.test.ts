import { embeddings, transactAs, usageMonths } from '@repo/db';
import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readReceipt } from '../src/generation/read-receipt.ts';
import type { World } from '../src/testing.ts';
import { aFilm, ask, askForAPicture, callsOf, settle, worldsOfATest } from './engine-house.ts';

const aNewWorld = worldsOfATest();

const usedBy = async (world: World, userId: string) => {
  const [row] = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select().from(usageMonths).where(eq(usageMonths.userId, userId)),
  );
  return row;
};

const bytesAt = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

test('a picture is changed as its words say, stored, and costs what was quoted', async () => {
  const world = await aNewWorld({ model: { notes: ['I could not do: fly.'], text: 'Here it is.' } });
  const person = await world.aPerson();
  const assetId = await world.anAsset(person);
  const { id, quoted } = await ask(person, { kind: 'image.edit', assetId, prompt: 'turn the colours round' });
  const done = await settle(world, person, id);
  expect(done).toMatchObject({
    status: 'done',
    progress: 1,
    notes: ['I could not do: fly.', 'The model says: Here it is.'],
  });
  if (done.output?.kind !== 'image.edit') throw new Error('no picture');
  expect((await bytesAt(done.output.picture.urls.full)).byteLength).toBeGreaterThan(100);
  expect(await readReceipt(person, id)).toMatchObject({ quoted, held: 4, captured: 4, released: 0, sum: 0 });
  expect(await usedBy(world, person.actor.userId)).toMatchObject({ images: 1, credits: 4, tokens: 0 });
  expect(await callsOf(world, id)).toMatchObject([{ step: 'start', outcome: 'done', images: 1, costMicroUsd: 40_000 }]);
});

test('a film is asked for, waited for, fetched with a picture of itself, and paid by the second', async () => {
  const world = await aNewWorld({ isPaid: true, model: { pending: 2, askAgainInMs: 0, film: await aFilm() } });
  const person = await world.aPerson();
  const { id } = await ask(person, { kind: 'video.create', prompt: 'waves', seconds: 6 });
  await world.advance(id);
  expect(await readGeneration(person, id)).toMatchObject({ status: 'running', doing: 'The model is at it' });
  const done = await settle(world, person, id);
  if (done.output?.kind !== 'video.create') throw new Error('no film');
  expect(done.output.film).toMatchObject({
    mimeType: 'video/mp4',
    durationSeconds: 1,
    poster: { width: 32, height: 16 },
  });
  expect(Buffer.from(await bytesAt(done.output.film.url)).equals(Buffer.from((await aFilm()).bytes))).toBe(true);
  expect(await readReceipt(person, id)).toMatchObject({ held: 12, captured: 12, operation: 'fake-1', sum: 0 });
  // A row for the submit and one for the fetch, none for the looks between; the seconds are counted once.
  expect(await callsOf(world, id)).toMatchObject([
    { step: 'start', outcome: 'pending', videoSeconds: 0 },
    { step: 'poll', outcome: 'done', videoSeconds: 6, costMicroUsd: 600_000 },
  ]);
  expect(await usedBy(world, person.actor.userId)).toMatchObject({ videoSeconds: 6, credits: 12 });
});

test('an object that fits its schema is kept, paid by the tokens it took, and the rest is given back', async () => {
  const world = await aNewWorld({
    isPaid: true,
    text: { value: { mood: 'calm' }, inputTokens: 700, outputTokens: 500 },
  });
  const person = await world.aPerson();
  const schema = { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] };
  const { id, quoted } = await ask(person, {
    kind: 'text.structured',
    prompt: 'how is it?',
    schema,
    maxOutputTokens: 8_000,
  });
  expect(quoted).toBe(9);
  expect(await settle(world, person, id)).toMatchObject({
    output: { kind: 'text.structured', value: { mood: 'calm' } },
  });
  expect(await readReceipt(person, id)).toMatchObject({ held: 9, captured: 2, released: 7, sum: 0 });
  expect(await world.balanceOf(person.actor.userId)).toBe(98);
  expect(await usedBy(world, person.actor.userId)).toMatchObject({ tokens: 1_200, credits: 2 });
  expect(await callsOf(world, id)).toMatchObject([{ inputTokens: 700, outputTokens: 500, costMicroUsd: 3_000 }]);
});

test('tokens that the vendor does not tell are counted from what was written and answered', async () => {
  const world = await aNewWorld({ text: { inputTokens: 0, outputTokens: 0, value: { long: 'x'.repeat(9_000) } } });
  const person = await world.aPerson();
  const schema = { type: 'object', properties: { long: { type: 'string' } } };
  const { id } = await ask(person, { kind: 'text.structured', prompt: 'go on', schema, maxOutputTokens: 16_000 });
  await settle(world, person, id);
  expect(await readReceipt(person, id)).toMatchObject({ held: 17, captured: 4, released: 13 });
});

test.each([
  ['another type', { mood: 7 }],
  ['a missing key', {}],
  ['no object at all', 'calm'],
  ['nothing', null],
])('an answer with %s is not what was asked for: free, with what the model said', async (_, value) => {
  const world = await aNewWorld({ isPaid: true, text: { value } });
  const person = await world.aPerson();
  const schema = { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] };
  const { id } = await ask(person, { kind: 'text.structured', prompt: 'how is it?', schema });
  const failed = await settle(world, person, id);
  expect(failed).toMatchObject({
    status: 'failed',
    failure: { reason: 'empty' },
    said: JSON.stringify(value),
  });
  expect(await readReceipt(person, id)).toMatchObject({ captured: 0, sum: 0 });
  // The vendor was paid all the same, once.
  expect(await callsOf(world, id)).toMatchObject([
    { outcome: 'empty', inputTokens: 100, outputTokens: 50, costMicroUsd: 375 },
  ]);
});

test('what Postgres cannot keep of an answer is left out, and the answer is kept', async () => {
  const value = { 'a\0b': ['c\0d', '\ud800', { e: 'wörld 🦦' }] };
  const world = await aNewWorld({ isPaid: true, text: { value } });
  const person = await world.aPerson();
  const { id } = await ask(person, { kind: 'text.structured', prompt: 'go', schema: { type: 'object' } });
  expect(await settle(world, person, id)).toMatchObject({
    output: { value: { ab: ['cd', '\ufffd', { e: 'wörld 🦦' }] } },
  });
});

test('texts are kept as numbers in Postgres, one row each, in order', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const { id } = await ask(person, { kind: 'text.embed', texts: ['a', 'bcd', 'ef'] });
  expect(await settle(world, person, id)).toMatchObject({
    prompt: 'a',
    output: {
      kind: 'text.embed',
      dimensions: 3,
      vectors: [
        [1, 1, 0],
        [3, 1, 0],
        [2, 1, 0],
      ],
    },
  });
  const rows = await transactAs(world.db, world.system.actor, (tx) =>
    tx.select().from(embeddings).where(eq(embeddings.generationId, id)).orderBy(asc(embeddings.position)),
  );
  expect(rows.map(({ text, ownerId, model }) => [text, ownerId === person.actor.userId, model])).toEqual([
    ['a', true, 'fake/text'],
    ['bcd', true, 'fake/text'],
    ['ef', true, 'fake/text'],
  ]);
  const other = await world.aPerson();
  expect(await transactAs(world.db, other.actor, (tx) => tx.select().from(embeddings))).toEqual([]);
});

test('a picture is described in words', async () => {
  const world = await aNewWorld();
  const person = await world.aPerson();
  const assetId = await world.anAsset(person);
  const { id } = await ask(person, { kind: 'image.describe', assetId });
  const done = await settle(world, person, id);
  expect(done).toMatchObject({
    status: 'done',
    output: { kind: 'image.describe', text: expect.stringMatching(/^A picture of \d+ bytes/) },
  });
  expect(await readReceipt(person, id)).toMatchObject({ held: 1, captured: 1 });
});

test('a text is spoken, stored as sound, and can be heard', async () => {
  const world = await aNewWorld({ isPaid: true });
  const person = await world.aPerson();
  const { id } = await ask(person, { kind: 'speech.create', prompt: 'Good morning.', format: 'wav' });
  const done = await settle(world, person, id);
  if (done.output?.kind !== 'speech.create') throw new Error('no sound');
  expect(done.output.sound).toMatchObject({ mimeType: 'audio/wav', durationSeconds: expect.closeTo(1.3) });
  expect(Buffer.from(await bytesAt(done.output.sound.url)).toString('latin1', 0, 4)).toBe('RIFF');
  expect(done.picture).toBeNull();
});

test('what calls itself a sound and is a page is not kept', async () => {
  const world = await aNewWorld({ speech: { mimeType: 'text/html' } });
  const person = await world.aPerson();
  const { id } = await ask(person, { kind: 'speech.create', prompt: 'Good morning.' });
  expect(await settle(world, person, id)).toMatchObject({ status: 'failed', failure: { reason: 'empty' } });
});

test('quotas count what a request may take while it is open, and what it took when it ended', async () => {
  const world = await aNewWorld({ model: { failsWith: (n) => (n === 1 ? 'refused' : undefined) } });
  const person = await world.aPerson();
  const first = await askForAPicture(person);
  expect(await usedBy(world, person.actor.userId)).toMatchObject({ images: 1, credits: 4 });
  await settle(world, person, first.id);
  expect(await usedBy(world, person.actor.userId)).toMatchObject({ images: 0, credits: 0 });
  const second = await askForAPicture(person);
  await settle(world, person, second.id);
  await settle(world, person, second.id);
  expect(await usedBy(world, person.actor.userId)).toMatchObject({ images: 1, credits: 4 });
});
