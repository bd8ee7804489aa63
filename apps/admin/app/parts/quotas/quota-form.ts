import { QuotaMetricName } from '@repo/domain/quotas/schema';
import { z } from 'zod';
import { wholeNumber } from '#app/parts/page/whole-number.ts';

const MAX = 1_000_000_000_000;

/** A limit of one thing, set or taken away. What is typed is not looked at where it is taken away. */
export const QuotaForm = z.discriminatedUnion(
  'intent',
  [
    z.object({
      intent: z.literal('set'),
      metric: QuotaMetricName,
      limit: wholeNumber({
        empty: 'Type a whole number. To have no limit, press Clear.',
        wrong: 'A limit is a whole number from 0 to 1,000,000,000,000.',
        min: 0,
        max: MAX,
      }),
    }),
    z.object({ intent: z.literal('clear'), metric: QuotaMetricName }),
  ],
  'This form cannot be read. Load the page anew.',
);
