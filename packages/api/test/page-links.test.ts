import { expect, test } from 'vitest';
import { linkTo, readTrail, STEPS_BACK, stepsFrom } from '../src/rest/page-links.ts';

/** The cursors of the addresses that one passes who follows `next` n times. */
function walk(n: number): string[] {
  const passed = [''];
  for (let page = 2; page <= n + 1; page++) passed.push(stepsFrom(readTrail(passed.at(-1)!), `c${page}`).next!);
  return passed;
}

test('the way back is the way one came, as far as it is kept', () => {
  const [, second = '', third = ''] = walk(2);
  expect(stepsFrom(readTrail(third), null)).toEqual({ prev: second, next: null });
  expect(stepsFrom(readTrail(second), null).prev).toBe('');
  expect(stepsFrom(readTrail(''), null)).toEqual({ prev: null, next: null });
});

test('on a long way the first steps are forgotten, and nothing pretends to be the first page', () => {
  const last = walk(40).at(-1)!;
  let cursor: string | null = last;
  let steps = 0;
  while (cursor) {
    cursor = stepsFrom(readTrail(cursor), null).prev;
    steps += 1;
  }
  expect(steps).toBe(STEPS_BACK);
  expect(cursor).toBeNull();
  expect(readTrail(last).cursors.at(-1)).toBe('c41');
});

test.each(['a!', '~', 'a~~b', `${'a~'.repeat(30)}a`, 'x'.repeat(300)])('%s is no cursor', (cursor) => {
  expect(() => readTrail(cursor)).toThrow('This page address is damaged.');
});

test('a link keeps everything but the place', () => {
  expect(linkTo(new URL('http://x/api/v1/feed?limit=3&cursor=a'), 'b')).toBe('/api/v1/feed?limit=3&cursor=b');
  expect(linkTo(new URL('http://x/api/v1/feed?cursor=a'), '')).toBe('/api/v1/feed');
});
