import { Reason } from '@repo/domain/credits/schema';
import { z } from 'zod';
import { wholeNumber } from '#app/parts/page/whole-number.ts';

const EMPTY = 'Type how many credits.';

/** First it is looked over, then done: the key of the press is made with what is looked over. */
export const AdjustForm = z.object({
  intent: z.enum(['review', 'adjust'], 'This form cannot be read. Load the page anew.'),
  way: z.enum(['give', 'take'], 'Choose whether to give or to take.'),
  amount: wholeNumber({
    empty: EMPTY,
    wrong: 'Type a whole number from 1 to 1,000,000.',
    min: 1,
    max: 1_000_000,
  }),
  reason: Reason,
  idempotencyKey: z.string().optional(),
});
export type AdjustForm = z.output<typeof AdjustForm>;

/** An adjustment as it would be done. */
export type AdjustReview = {
  way: AdjustForm['way'];
  amount: number;
  reason: string;
  balance: number;
  idempotencyKey: string;
};
