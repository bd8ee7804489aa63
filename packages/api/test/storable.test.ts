import { expect, test } from 'vitest';
import { z } from 'zod';
import { mustBeStorable } from '../src/storable.ts';

const fieldOf = (input: unknown): PropertyKey[] | null => {
  try {
    mustBeStorable(input);
    return null;
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return error.issues[0]!.path;
  }
};

test('the field of a text that cannot be kept is named, however it is reached', () => {
  expect(fieldOf('\0')).toEqual([]);
  expect(fieldOf({ name: 'a\ud800' })).toEqual(['name']);
  expect(fieldOf({ images: [{ id: 'a' }, { id: '\0' }] })).toEqual(['images', 1, 'id']);
  expect(fieldOf({ facts: { 'a\0': 1 } })).toEqual(['facts']);
});

test('everything else passes as it is', () => {
  for (const fine of [undefined, null, 3, 'né 👩‍🚀\n', { at: new Date(0), list: [1, 'two', { three: null }] }])
    expect(fieldOf(fine)).toBeNull();
});

test('an input nested a hundred thousand deep is looked through in one pass', () => {
  let deep: unknown = 'fine';
  for (let depth = 0; depth < 100_000; depth++) deep = [deep];
  expect(fieldOf(deep)).toBeNull();
});
