/** How much may be used in a month. Browser-safe. */
export const QUOTA_METRICS = ['images', 'video_seconds', 'tokens', 'credits'] as const;
export type QuotaMetric = (typeof QUOTA_METRICS)[number];

/** From this part of the limit on, people are warned. */
export const SOFT_WARNING_AT = 0.8;

const NOUNS = {
  images: ['picture', 'pictures'],
  video_seconds: ['second of film', 'seconds of film'],
  tokens: ['token', 'tokens'],
  credits: ['credit', 'credits'],
} satisfies Record<QuotaMetric, [one: string, many: string]>;

export const metricLabel = (metric: QuotaMetric): string =>
  ({ images: 'Pictures', video_seconds: 'Seconds of film', tokens: 'Tokens', credits: 'Credits' })[metric];

/** `1 picture`, `1,200 tokens`. */
export const metricText = (metric: QuotaMetric, amount: number): string =>
  `${numberText(amount)} ${NOUNS[metric][amount === 1 ? 0 : 1]}`;

export const numberText = (amount: number): string => (Math.round(amount * 10) / 10).toLocaleString('en');

/** `2026-11`, UTC: quotas count by this. */
export const quotaMonthOf = (now: Date): string => now.toISOString().slice(0, 7);

/** The first moment of the next month, UTC: when counting starts again. */
export const quotaResetsAt = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));

/** `November`. */
export const monthName = (date: Date): string => date.toLocaleString('en', { month: 'long', timeZone: 'UTC' });

/** `1 December (UTC)`. */
export const resetText = (resetsAt: Date): string => `1 ${monthName(resetsAt)} (UTC)`;
