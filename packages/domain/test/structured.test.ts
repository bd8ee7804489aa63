import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readGeneration } from '../src/generation/read-generations.ts';
import { readAnswer, requestStructured } from '../src/generation/request-generation.ts';
import { aWorld, type World } from '../src/testing.ts';

const Signal = z.object({
  topic: z.string().min(2).max(40),
  mails: z.array(z.email()).default([]),
  mood: z.enum(['glad', 'sad']),
  strength: z.number().min(0).max(1).optional(),
  inner: z.object({ isNew: z.boolean() }),
});
const VALUE = { topic: 'winter', mails: ['ada@example.test'], mood: 'glad', inner: { isNew: true } };

let world: World;
beforeAll(async () => {
  world = await aWorld({ text: { value: VALUE } });
});
afterAll(() => world.close());

test('a zod type goes in, and an object of that type comes out', async () => {
  const person = await world.aPerson();
  const asked = { prompt: 'What do they want?', answer: Signal, idempotencyKey: randomUUID() };
  const { id } = await requestStructured(person, asked);
  expect(readAnswer(await readGeneration(person, id), Signal)).toBeNull();
  await world.advance(id);
  expect(readAnswer(await readGeneration(person, id), Signal)).toEqual(VALUE);
});
