import { expect, test } from 'vitest';
import { createBriefShare } from '../src/remix/brief-share.ts';

function aShare(most?: number) {
  const clock = { now: 0 };
  let reads = 0;
  const share = createBriefShare({ freshMs: 250, clock: () => clock.now, ...(most ? { most } : {}) });
  return {
    clock,
    read: (key = 'feed') => share(key, async () => ++reads),
    fail: () => share('feed', () => Promise.reject(new Error(`failure ${++reads}`))),
  };
}

test('who asks at the same time is told the same, and who asks later what is true then', async () => {
  const { clock, read } = aShare();
  expect(await Promise.all([read(), read(), read('the second page')])).toEqual([1, 1, 2]);
  clock.now = 249;
  expect(await read()).toBe(1);
  clock.now = 250;
  expect(await read()).toBe(3);
});

test('a failure is not passed on: the others read by themselves', async () => {
  const { read, fail } = aShare();
  const [first, second] = await Promise.allSettled([fail(), read()]);
  expect([first, second]).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 2 }]);
  expect(await read()).toBe(3);
});

test('what was kept longest makes room', async () => {
  const { read } = aShare(2);
  for (const key of ['a', 'b', 'c']) await read(key);
  expect([await read('c'), await read('b'), await read('a')]).toEqual([3, 2, 4]);
});
