import { z } from 'zod';
import { Subject } from '../credits/schema.ts';
import { QUOTA_METRICS } from './rules.ts';

export const QuotaMetricName = z.enum(QUOTA_METRICS, 'There is no such quota.');

/** What was used of one thing this month, and how much may be. */
export const QuotaLine = z.object({
  metric: QuotaMetricName,
  label: z.string(),
  used: z.number(),
  /** Null: no limit. */
  limit: z.number().nullable(),
  /** Used of limit, 0 to 1 and above; null without a limit. */
  fraction: z.number().nullable(),
  /** `soft` from 80 %, `hard` from 100 %. */
  warning: z.enum(['soft', 'hard']).nullable(),
  /** In plain words; null while there is nothing to warn of. */
  sentence: z.string().nullable(),
});
export type QuotaLine = z.infer<typeof QuotaLine>;

export const QuotaReport = z.object({
  /** `id` is null for a visitor. */
  subject: z.object({ kind: z.enum(['user', 'brand']), id: z.uuid().nullable(), name: z.string() }),
  /** `2026-11`, UTC. */
  month: z.string(),
  /** The first of the next month, UTC. */
  resetsAt: z.date(),
  /** Always all four, in one order. */
  lines: z.array(QuotaLine),
  /** True for whoever asks, if they may change its limits. */
  maySet: z.boolean(),
});
export type QuotaReport = z.infer<typeof QuotaReport>;

export const MyQuotasInput = z.object({ brandId: z.uuid('This is not the number of a brand.').optional() }).default({});
export type MyQuotasInput = z.output<typeof MyQuotasInput>;

/** A request that a brand pays for counts against both. */
export const MyQuotas = z.object({ mine: QuotaReport, brand: QuotaReport.nullable() });
export type MyQuotas = z.infer<typeof MyQuotas>;

export const SetQuotaInput = z.object({
  of: Subject,
  metric: QuotaMetricName,
  /** Null takes the limit away. 0 allows nothing. */
  limit: z
    .number('Give a whole number, or nothing for no limit.')
    .int('A limit is a whole number.')
    .min(0, 'A limit is at least 0.')
    .max(1_000_000_000_000, 'A limit is at most 1,000,000,000,000.')
    .nullable(),
});
export type SetQuotaInput = z.infer<typeof SetQuotaInput>;

export const QuotasOfInput = z.object({ of: Subject });
export type QuotasOfInput = z.infer<typeof QuotasOfInput>;
