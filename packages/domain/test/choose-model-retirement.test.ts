import { expect, test } from 'vitest';
import type { CatalogueEntry } from '../src/generation/catalogue.ts';
import { isRetired, retirementWarnings } from '../src/generation/retirement.ts';
import { anEntry } from './health-house.ts';

const ending = (retiresOn: string | null, changes: Partial<CatalogueEntry> = {}) => ({
  ...anEntry('Old'),
  retiresOn,
  ...changes,
});
const warnings = (entry: CatalogueEntry, now = '2026-11-20T23:30:00Z') =>
  retirementWarnings({ entries: [entry] }, new Date(now));

test('a model is past its date from that day on (UTC)', () => {
  expect(isRetired(ending('2026-11-30'), new Date('2026-11-29T23:59:59Z'))).toBe(false);
  expect(isRetired(ending('2026-11-30'), new Date('2026-11-30T00:00:00Z'))).toBe(true);
  expect(isRetired(ending(null), new Date())).toBe(false);
});

test('warns of what ended or ends within 30 days, and of nothing else', () => {
  expect(warnings(ending('2026-12-01'))).toEqual(['old/model ends on 2026-12-01 (in 11 days)']);
  expect(warnings(ending('2026-11-21'))).toEqual(['old/model ends on 2026-11-21 (in 1 day)']);
  expect(warnings(ending('2026-11-20'))).toEqual(['old/model ended on 2026-11-20 (today)']);
  expect(warnings(ending('2026-11-01'))).toEqual(['old/model ended on 2026-11-01 (19 days ago)']);
  expect(warnings(ending('2026-12-20'))).toHaveLength(1);
  expect(warnings(ending('2026-12-21'))).toEqual([]);
  expect(warnings(ending(null))).toEqual([]);
  expect(warnings(ending('2026-12-01', { isEnabled: false }))).toEqual([]);
});
