import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IS_EXACT, RATE_RULES } from '../../packages/runtime/src/limits/rate-rules.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8');

test('docs/limits.md says the numbers that the code counts by', () => {
  const rows = [...text.matchAll(/^\| `(\w+)`: .+ \| .+ \| (\d+) \| (\d+) min \| (.+) \|$/gm)].map(
    ([, bucket, max, minutes, kept]) => ({ bucket, max: Number(max), minutes: Number(minutes), kept }),
  );
  const coded = Object.entries(RATE_RULES).flatMap(([bucket, rules]) =>
    rules.map(({ max, seconds }) => ({
      bucket,
      max,
      minutes: seconds / 60,
      kept: IS_EXACT[bucket as keyof typeof IS_EXACT] ? 'in the database' : 'in memory',
    })),
  );
  expect(rows).toEqual(coded);
});
