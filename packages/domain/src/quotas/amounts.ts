import type { QuotaMetric } from './rules.ts';

export type Amounts = Partial<Record<QuotaMetric, number>>;
/** Exactly one of the two. */
export type CountedFor = { userId: string | null; brandId: string | null };

/** Whose month a request counts in: the person's first, so that nobody waits for each other in a ring. */
export const subjectsOf = (userId: string, brandId: string | null): CountedFor[] => [
  { userId, brandId: null },
  ...(brandId ? [{ userId: null, brandId }] : []),
];

/** Whole numbers but for seconds; what is missing is 0. */
export const whole = (amounts: Amounts): Required<Amounts> => ({
  images: Math.ceil(amounts.images ?? 0),
  video_seconds: amounts.video_seconds ?? 0,
  tokens: Math.ceil(amounts.tokens ?? 0),
  credits: Math.ceil(amounts.credits ?? 0),
});
