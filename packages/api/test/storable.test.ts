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

test('texts in maps and sets are met too', () => {
  expect(fieldOf({ all: new Map([['a', '\0']]) })).toEqual(['all', 1]);
  expect(fieldOf({ all: new Set(['a', '\0']) })).toEqual(['all', 1]);
});

test('an input nested deeper than any schema is refused, however deep it is', () => {
  const nested = (depth: number) => {
    let value: unknown = 'fine';
    for (let n = 0; n < depth; n++) value = [value];
    return value;
  };
  expect(fieldOf(nested(64))).toBeNull();
  for (const depth of [65, 400_000])
    expect(() => mustBeStorable(nested(depth))).toThrow('nested deeper than 64 levels');
});

test('what holds itself, or the same thing again and again, comes to an end', () => {
  const self: Record<string, unknown> = { tab: 'all' };
  self['self'] = self;
  let twice: unknown = 'fine';
  for (let depth = 0; depth < 60; depth++) twice = [twice, twice];
  expect(fieldOf({ self, twice })).toBeNull();
});
