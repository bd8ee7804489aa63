import { randomUUID } from 'node:crypto';
import { fakeTextModel } from '@repo/ai/testing';
import { generations, transactAs } from '@repo/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ZodError } from 'zod';
import type { UserContext } from '../src/context.ts';
import { readGeneration } from '../src/generation/read-generations.ts';
import { requestGeneration } from '../src/generation/request-generation.ts';
import { aWorld, type World } from '../src/testing.ts';
import { ask, askForAPicture } from './engine-house.ts';

let world: World;
let person: UserContext;
beforeAll(async () => {
  const prices = { 'text.stream': { per: 'thousand tokens', credits: 1 } } as const;
  world = await aWorld({
    more: [{ entry: { id: 'writer/only', label: 'Writer', prices, capabilities: {} }, model: fakeTextModel() }],
  });
  person = await world.aPerson();
});
afterAll(() => world.close());

/** Whoever sends nonsense may send anything. */
const send = (input: object) => requestGeneration(person, { idempotencyKey: randomUUID(), ...input } as never);

/** The sentence it is refused with; nothing is written nor held. */
async function refusalOf(input: object): Promise<string> {
  const count = () => transactAs(world.db, world.system.actor, (tx) => tx.$count(generations));
  const before = [await count(), await world.balanceOf(person.actor.userId)];
  const error = await send(input).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect([await count(), await world.balanceOf(person.actor.userId)]).toEqual(before);
  if (error instanceof ZodError) return error.issues[0]!.message;
  if (error instanceof Error && 'code' in error) return error.message;
  throw error ?? new Error('It was taken.');
}

const picture = { kind: 'image.create', prompt: 'x' };
const form = (schema: unknown) => ({ kind: 'text.structured', prompt: 'x', schema });
const nested = (depth: number): object =>
  depth === 0 ? { type: 'string' } : { type: 'object', properties: { a: nested(depth - 1) } };

test.each([
  ['an unknown model', { ...picture, model: 'acme/none' }, 'There is no model "acme/none".'],
  [
    'a model without that kind',
    { ...picture, model: 'writer/only' },
    'Writer cannot make pictures; it can write texts.',
  ],
  ['an unknown kind', { kind: 'image.burn', prompt: 'x' }, 'There is no such kind of work.'],
  ['a ratio nobody knows', { ...picture, aspectRatio: '7:3' }, 'The aspect ratio is one of 1:1, 4:5, 9:16, 16:9, 3:2.'],
  [
    'a film of a length nobody makes',
    { kind: 'video.create', prompt: 'x', seconds: 7 },
    'A film has 4, 6 or 8 seconds.',
  ],
  [
    'a film with sound from a model without',
    { kind: 'video.create', prompt: 'x', audio: true },
    'No model here can make films with sound.',
  ],
  [
    'too many references',
    { ...picture, referenceIds: Array.from({ length: 14 }, () => randomUUID()) },
    'A request holds at most 14 pictures.',
  ],
  [
    'a reference that is none',
    { ...picture, referenceIds: ['../../etc/passwd'] },
    'This is not the number of a picture.',
  ],
  ['a reference that does not exist', { ...picture, referenceIds: [randomUUID()] }, 'There is no such picture.'],
  ['no prompt', { ...picture, prompt: ' \u200b ' }, 'Say what should change: the prompt is empty.'],
  [
    'a NUL in the prompt',
    { ...picture, prompt: 'a\0b' },
    'This text holds a control character that cannot be kept. Type it again.',
  ],
  [
    'half a character',
    { kind: 'text.embed', texts: ['a\ud800'] },
    'This text holds a control character that cannot be kept. Type it again.',
  ],
  [
    'a NUL in a voice',
    { kind: 'speech.create', prompt: 'x', voice: 'a\0' },
    'This text holds a control character that cannot be kept. Type it again.',
  ],
  [
    'a NUL in a schema',
    form({ type: 'object', description: 'a\0b' }),
    'This text holds a control character that cannot be kept. Type it again.',
  ],
  ['no texts', { kind: 'text.embed', texts: [] }, 'Send at least one text.'],
  ['too many texts', { kind: 'text.embed', texts: Array(101).fill('x') }, 'Send at most 100 texts at once.'],
  ['a short key', { ...picture, idempotencyKey: 'x' }, 'The idempotency key must be 8 to 80 letters, digits, - or _.'],
  ['a schema of no object', form({ type: 'string' }), 'The schema must describe an object: its "type" is "object".'],
  [
    'a schema with a pattern',
    form({ type: 'object', properties: { a: { type: 'string', pattern: '(a+)+$' } } }),
    'A schema here has no "pattern". Use "enum", "format" or a description instead.',
  ],
  [
    'a schema with patterns for keys',
    form({ type: 'object', patternProperties: { '(a+)+$': {} } }),
    'A schema here has no "patternProperties". Use "enum", "format" or a description instead.',
  ],
  [
    'a schema that refers to itself',
    form({ type: 'object', properties: { a: { $ref: '#' } } }),
    'A schema here has no "$ref". Use "enum", "format" or a description instead.',
  ],
  [
    // A list of one text becomes that text where a pattern is made of it.
    'a schema with a pattern in a list',
    form({ type: 'object', properties: { a: { type: 'string', pattern: ['^(a+)+$'] } } }),
    'A schema here has no "pattern". Use "enum", "format" or a description instead.',
  ],
  [
    'a schema with a reference in a list',
    form({ type: 'object', properties: { a: { $ref: ['#'] } } }),
    'A schema here has no "$ref". Use "enum", "format" or a description instead.',
  ],
  [
    'a schema that nothing can keep',
    form({ type: 'object', properties: { a: { type: 'string', minLength: 10, maxLength: 3 } } }),
    'Nothing can keep this schema: its minLength is above its maxLength.',
  ],
  [
    'a schema that wants too much',
    form({ type: 'object', properties: { a: { type: 'array', minItems: 1e8 } } }),
    '"minItems" must be a whole number from 0 to 10,000.',
  ],
  [
    'a property that every object has already',
    form({ type: 'object', properties: { toString: { type: 'string' } } }),
    'A property cannot be called "toString".',
  ],
  ['a schema too deep', form(nested(13)), 'A schema is at most 24 levels deep.'],
  [
    'a schema deeper than a stack',
    form(JSON.parse(`{"type":"object","a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)),
    'A schema is at most 24 levels deep.',
  ],
  [
    'a schema too large',
    form({ type: 'object', description: 'x'.repeat(20_000) }),
    'A schema has at most 20,000 characters; this one has 20,034.',
  ],
])('%s is refused in a sentence, and costs nothing', async (_, input, sentence) => {
  expect(await refusalOf(input)).toBe(sentence);
});

test.each([
  ['properties that are none', { type: 'object', properties: null }],
  ['a list of required keys that is none', { type: 'object', required: 'a' }],
  ['a type nobody knows', { type: 'object', properties: { a: { type: 'burn' } } }],
])('a schema with %s is refused or read, never an accident', async (_, schema) => {
  const outcome = await send(form(schema)).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof ZodError ? 'refused' : String(error)),
  );
  expect(['queued', 'refused']).toContain(outcome);
});

test('a prompt over the limit is refused with both numbers, counted as people count', async () => {
  expect(await refusalOf({ ...picture, prompt: '🦦'.repeat(2_001) })).toMatch(
    /^A prompt has at most 2,000 characters; this one has 2,001\./,
  );
});

test("a reference that is somebody else's looks as if it were not there", async () => {
  const other = await world.aPerson();
  const theirs = await world.anAsset(other);
  expect(await refusalOf({ ...picture, referenceIds: [theirs] })).toBe('There is no such picture.');
  expect(await refusalOf({ kind: 'image.edit', assetId: theirs, prompt: 'x' })).toBe('There is no such picture.');
  expect(await refusalOf({ kind: 'image.describe', assetId: theirs })).toBe('There is no such picture.');
  expect(await refusalOf({ kind: 'video.create', prompt: 'x', lastFrameId: theirs })).toBe('There is no such picture.');
  expect(await askForAPicture(other, { referenceIds: [theirs] })).toMatchObject({ status: 'queued' });
});

test('the same key is the same generation, and for another request a conflict that says so', async () => {
  const key = randomUUID();
  const first = await ask(person, { kind: 'image.create', prompt: 'one' }, key);
  expect((await ask(person, { kind: 'image.create', prompt: 'one' }, key)).id).toBe(first.id);
  const conflict = 'This idempotency key was used for another request. Nothing was charged; send it with a new key.';
  expect(await refusalOf({ ...picture, prompt: 'two', idempotencyKey: key })).toBe(conflict);
  expect(await refusalOf({ ...picture, prompt: 'one', aspectRatio: '16:9', idempotencyKey: key })).toBe(conflict);
});

test('a key that fifty presses send at once is one generation with one hold', async () => {
  const presser = await world.aPerson();
  const key = randomUUID();
  const sent = await Promise.all(
    Array.from({ length: 50 }, () => ask(presser, { kind: 'image.create', prompt: 'one' }, key)),
  );
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  expect(await world.balanceOf(presser.actor.userId)).toBe(96);
});

test("another person's key is nothing to anybody else", async () => {
  const [one, two] = [await world.aPerson(), await world.aPerson()];
  const key = randomUUID();
  const theirs = await ask(one, { kind: 'image.create', prompt: 'one' }, key);
  const mine = await ask(two, { kind: 'image.create', prompt: 'two' }, key);
  expect(mine.id).not.toBe(theirs.id);
  expect(await readGeneration(one, theirs.id)).toMatchObject({ prompt: 'one', status: 'queued' });
  await expect(readGeneration(two, theirs.id)).rejects.toMatchObject({ code: 'not_found' });
});
