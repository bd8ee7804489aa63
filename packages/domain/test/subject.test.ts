import { expect, test } from 'vitest';
import { Subject } from '../src/credits/schema.ts';

test('a brand is not looked for by a name that Postgres cannot hold', () => {
  expect(Subject.safeParse({ brandSlug: '\0' }).success).toBe(false);
  expect(Subject.safeParse({ brandSlug: 'mug-works' }).success).toBe(true);
});
