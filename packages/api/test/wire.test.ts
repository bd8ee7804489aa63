import fc from 'fast-check';
import superjson from 'superjson';
import { expect, test } from 'vitest';
import { wire } from '../src/wire.ts';

/** As it goes over the wire. */
const sent = (payload: unknown) => JSON.parse(JSON.stringify(payload));

const card = { id: 'a', at: new Date(5), tags: ['x', null, { when: new Date(9) }], deep: { n: 1.5, yes: true } };

test('plain answers with dates go out exactly as superjson writes them', () => {
  for (const value of [{}, [], card, [card], { items: [{ ...card }], nextCursor: null }]) {
    expect(sent(wire.serialize(value))).toEqual(sent(superjson.serialize(structuredClone(value))));
  }
});

test('whatever is sent arrives as superjson would have brought it', () => {
  const anything = fc.anything({
    withDate: true,
    withBigInt: true,
    withMap: true,
    withSet: true,
    withNullPrototype: false,
    key: fc.oneof(fc.string(), fc.constantFrom('a.b', 'a\\b', '0', '')),
  });
  const arrived = (by: { serialize(value: unknown): unknown }, value: unknown) => {
    try {
      return superjson.deserialize(sent(by.serialize(value)));
    } catch (problem) {
      return String(problem);
    }
  };
  fc.assert(
    fc.property(anything, (value) => {
      expect(arrived(wire, value)).toEqual(arrived(superjson, value));
    }),
  );
});

test('what JSON cannot hold, and what goes in circles, is left to superjson', () => {
  const circle: Record<string, unknown> = { a: 1 };
  circle['self'] = circle;
  for (const value of [
    circle,
    { n: 1n },
    { n: Number.NaN },
    { n: -0 },
    { u: undefined },
    { d: new Date(Number.NaN) },
    1,
    null,
    undefined,
    new Date(3),
  ]) {
    expect(sent(wire.serialize(value))).toEqual(sent(superjson.serialize(value)));
  }
  expect(() => wire.serialize(JSON.parse('{"constructor": {"a": 1}}'))).toThrow('prototype pollution');
});

test('a thing that stands in two places arrives in both', () => {
  const brand = { name: 'A brand', since: new Date(1) };
  expect(superjson.deserialize(sent(wire.serialize([{ brand }, { brand }])))).toEqual([{ brand }, { brand }]);
});
