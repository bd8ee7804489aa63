import { z } from 'zod';

export const Balance = z.object({
  credits: z.number().int(),
  held: z.number().int(),
  isGuest: z.boolean(),
  /** When the monthly allowance comes again; null for guests. */
  nextAllowanceAt: z.date().nullable(),
});
export type Balance = z.infer<typeof Balance>;

export const ReceiptEntry = z.object({
  at: z.date(),
  kind: z.string(),
  /** From the payer's side: negative leaves the balance. */
  amount: z.number().int(),
  memo: z.string(),
});

/** What a generation was quoted, and what became of the credits held for it. */
export const Receipt = z.object({
  generationId: z.uuid(),
  status: z.string(),
  model: z.string(),
  modelLabel: z.string(),
  quoted: z.number().int(),
  held: z.number().int(),
  captured: z.number().int(),
  released: z.number().int(),
  seconds: z.number().nullable(),
  attempts: z.number().int(),
  why: z.string(),
  entries: z.array(ReceiptEntry),
  /** The sum over both sides of all its movements: always 0. */
  sum: z.number().int(),
});
export type Receipt = z.infer<typeof Receipt>;
