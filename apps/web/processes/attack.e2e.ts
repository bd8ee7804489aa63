import { describe, expect, test } from 'vitest';
import { tableOf } from '../../../tooling/attack/report.ts';
import { runAttack } from '../../../tooling/attack/run-attack.ts';
import { noBrowserBecause } from '../../../tooling/browser/launch-chromium.ts';

/** Of `npm run attack`, the long form. Every call and every hostile value is met, each with fewer of the others. */
const SHARE = 0.04;

describe.skipIf(noBrowserBecause)('our own attacks on the running product', () => {
  // Longer than others: it is fourteen attacks, one after the other.
  test('find nothing', { timeout: 600_000 }, async () => {
    const tallies = await runAttack({ share: SHARE });
    console.info(tableOf(tallies));
    expect(tallies.flatMap(({ title, findings }) => findings.map((finding) => `${title}: ${finding}`))).toEqual([]);
    expect(tallies.filter(({ tries }) => tries === 0)).toEqual([]);
  });
});
