import { expect, test } from 'vitest';
import { checkExtend } from '../extend/check-extend.ts';

test('the guide for a new noun can be followed literally, from its table to its page', {
  timeout: 300_000,
}, async () => {
  const steps = await checkExtend({ isLong: false });
  expect(steps.filter(({ kind }) => kind === 'create').length).toBeGreaterThan(5);
  expect(steps.filter(({ kind }) => kind === 'run').length).toBeGreaterThan(1);
});
