/** What was used, by provider, model, brand, person and day. Browser-safe. */
export const USAGE_GROUPS = ['provider', 'model', 'brand', 'user', 'day'] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** The most days that one question may span. */
export const USAGE_MAX_DAYS = 400;

/** The most rows that one answer lists. */
export const USAGE_MAX_ROWS = 500;

/** `2026-11-30`, UTC. */
export const usageDayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** `$1.25`, and more digits where there is less than a cent to see. */
export function microUsdText(microUsd: number): string {
  const dollars = microUsd / 1_000_000;
  const digits = microUsd !== 0 && Math.abs(microUsd) < 10_000 ? 6 : 2;
  return dollars.toLocaleString('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  });
}
