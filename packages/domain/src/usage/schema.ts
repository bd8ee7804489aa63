import { z } from 'zod';
import { USAGE_GROUPS, USAGE_MAX_DAYS } from './rules.ts';

const Day = z.iso
  .date('Give the day as year, month and day, such as 2026-11-30.')
  .refine((day) => day >= '2000-01-01', 'There is nothing before the year 2000.');

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The days are UTC, both within. Without a brand: all there is, for staff. */
export const UsageInput = z
  .object({
    from: Day,
    to: Day,
    groupBy: z.enum(USAGE_GROUPS, 'There is no such grouping.').default('day'),
    brandId: z.uuid('This is not the number of a brand.').optional(),
  })
  .refine(({ from, to }) => from <= to, { message: 'The last day lies before the first.', path: ['to'] })
  .refine(({ from, to }) => daysBetween(from, to) < USAGE_MAX_DAYS, {
    message: `Ask for at most ${USAGE_MAX_DAYS} days at once.`,
    path: ['from'],
  });
export type UsageInput = z.output<typeof UsageInput>;

const counts = {
  calls: z.number().int(),
  failures: z.number().int(),
  /** Failures of calls, 0 to 1; 0 without calls. */
  failureRate: z.number(),
  images: z.number().int(),
  videoSeconds: z.number(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** What providers cost. */
  microUsd: z.number().int(),
  /** Null without calls. */
  meanLatencyMs: z.number().nullable(),
  /** What people paid: captured, less what was refunded. */
  credits: z.number().int(),
};

export const UsageRow = z.object({
  /** A provider, a model's id, a brand's or a person's number, or a day; null for work without one. */
  key: z.string().nullable(),
  label: z.string(),
  ...counts,
});
export type UsageRow = z.infer<typeof UsageRow>;

export const UsageReport = z.object({
  from: z.string(),
  to: z.string(),
  groupBy: z.enum(USAGE_GROUPS),
  /** Days in order and none left out; everything else by cost, then by calls, the most first. */
  rows: z.array(UsageRow),
  /** Rows beyond the first 500: counted in the totals, not listed. */
  leftOut: z.number().int(),
  totals: z.object(counts),
  /** Staff only: what a captured credit cost in micro-dollars; null where nothing was captured, or for others. */
  microUsdPerCredit: z.number().nullable(),
  countedAt: z.date(),
});
export type UsageReport = z.infer<typeof UsageReport>;
