import { Reason } from '@repo/domain/credits/schema';
import { z } from 'zod';

/** First it is looked over, then done: the key of the press is made with what is looked over. */
export const RefundForm = z.object({
  intent: z.enum(['review', 'refund'], 'This form cannot be read. Load the page anew.'),
  reason: Reason,
  idempotencyKey: z.string().optional(),
});

/** A refund as it would be done. */
export type RefundReview = { reason: string; idempotencyKey: string };
