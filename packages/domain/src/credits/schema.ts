import { z } from 'zod';
import { PageInput } from '../paging/schema.ts';
import { plainText } from '../plain-text/schema.ts';
import { MOVEMENT_KINDS, REASON_MAX_CHARS } from './rules.ts';

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
  kind: z.string(),
  prompt: z.string(),
  /** Why this model, in a sentence. */
  choice: z.string(),
  /** Models that were tried before it, and why it went on. */
  tried: z.array(z.object({ modelLabel: z.string(), reason: z.string() })),
  /** The generation whose answer was used again, free; null when a model was asked. */
  reusedFrom: z.uuid().nullable(),
  /** Whose credits paid. */
  payer: z.object({ kind: z.enum(['user', 'brand']), name: z.string() }),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  seed: z.number().int(),
  /** The vendor's own number of the work, for its support; null where it has none. */
  operation: z.string().nullable(),
  quoted: z.number().int(),
  held: z.number().int(),
  captured: z.number().int(),
  released: z.number().int(),
  refunded: z.number().int(),
  /** Every call to a provider that it took, in order. */
  calls: z.array(
    z.object({
      at: z.date(),
      provider: z.string(),
      model: z.string(),
      step: z.string(),
      outcome: z.string(),
      seconds: z.number(),
    }),
  ),
  seconds: z.number().nullable(),
  attempts: z.number().int(),
  why: z.string(),
  entries: z.array(ReceiptEntry),
  /** The sum over both sides of all its movements: always 0. */
  sum: z.number().int(),
});
export type Receipt = z.infer<typeof Receipt>;

/** Whose credits: the asker's own, or those of a brand they belong to. */
export const AccountRef = z
  .union([z.literal('mine'), z.uuid()], 'This is neither "mine" nor the number of a brand.')
  .default('mine');
export type AccountRef = z.output<typeof AccountRef>;

/** A day, UTC. Postgres knows no year 0, and there is nothing to see before this product. */
const Day = z.iso
  .date('Give the day as year, month and day, such as 2026-11-30.')
  .refine((day) => day >= '2000-01-01', 'There is nothing before the year 2000.');

const Period = {
  /** The first and the last day, UTC, both within. */
  from: Day.optional(),
  to: Day.optional(),
};
const isForward = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => !from || !to || from <= to;
const NOT_FORWARD = { message: 'The last day lies before the first.', path: ['to'] };

export const MovementKind = z.enum(MOVEMENT_KINDS, 'There is no such kind of movement.');
export type MovementKind = z.infer<typeof MovementKind>;

const movementFilter = {
  account: AccountRef,
  /** Empty or missing: all kinds. */
  kinds: z.array(MovementKind).max(MOVEMENT_KINDS.length).optional(),
  ...Period,
};

export const MovementsInput = z.object({ ...movementFilter, ...PageInput.shape }).refine(isForward, NOT_FORWARD);
export type MovementsInput = z.output<typeof MovementsInput>;

export const StatementInput = z.object({ account: AccountRef, ...Period }).refine(isForward, NOT_FORWARD);
export type StatementInput = z.output<typeof StatementInput>;

export const ExportInput = z
  .object({ ...movementFilter, cursor: PageInput.shape.cursor })
  .refine(isForward, NOT_FORWARD);
export type ExportInput = z.output<typeof ExportInput>;

/** Some lines of the CSV; the first piece begins with the names of the columns. */
export const ExportPiece = z.object({ text: z.string(), nextCursor: z.string().nullable() });
export type ExportPiece = z.infer<typeof ExportPiece>;

/** One movement of an account, from that account's side. */
export const Movement = z.object({
  id: z.uuid(),
  at: z.date(),
  kind: MovementKind,
  /** What it did to the balance. 0 for a capture: its credits left the balance when they were held. */
  amount: z.number().int(),
  /** How many credits moved, never negative. */
  moved: z.number().int(),
  /** The balance of the whole account after it, whatever the page is filtered by. */
  balance: z.number().int(),
  /** Where they went or came from, in words. */
  counterpart: z.string(),
  memo: z.string(),
  generation: z
    .object({
      id: z.uuid(),
      kind: z.string(),
      /** How its prompt begins. */
      prompt: z.string(),
      modelLabel: z.string(),
    })
    .nullable(),
});
export type Movement = z.infer<typeof Movement>;

export const AccountView = z.object({
  kind: z.enum(['user', 'brand']),
  /** The brand's number; null for one's own account. */
  brandId: z.uuid().nullable(),
  name: z.string(),
});
export type AccountView = z.infer<typeof AccountView>;

export const Statement = z.object({
  account: AccountView,
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** The balance before the first and after the last day; 0 before the first movement, what there is now after the last. */
  opening: z.number().int(),
  closing: z.number().int(),
  /** Both sides of all movements within the days. */
  entries: z.number().int(),
  /** What those entries sum to: always 0. */
  sum: z.number().int(),
  /** Only kinds that occurred. `amount`: what they did to the balance; `moved`: how many credits moved. */
  totals: z.array(
    z.object({
      kind: MovementKind,
      count: z.number().int(),
      amount: z.number().int(),
      moved: z.number().int(),
    }),
  ),
  /** Set aside at this moment for what is being made. */
  held: z.number().int(),
});
export type Statement = z.infer<typeof Statement>;

const Key = z
  .string('Send an idempotency key: a new one for each press.')
  .regex(/^[\w-]{8,80}$/, 'The idempotency key must be 8 to 80 letters, digits, - or _.');
export const Reason = plainText({
  max: REASON_MAX_CHARS,
  empty: 'Give a reason: whoever it concerns reads it.',
  noun: 'reason',
});

/** A person by number or e-mail address, or a brand by number or address name. */
export const Subject = z.union(
  [
    z.object({ userId: z.uuid() }).strict(),
    z.object({ email: z.string().trim().max(320).pipe(z.email()) }).strict(),
    z.object({ brandId: z.uuid() }).strict(),
    z.object({ brandSlug: z.string().trim().min(1).max(100) }).strict(),
  ],
  'Name one person (number or e-mail address) or one brand.',
);
export type Subject = z.infer<typeof Subject>;

export const AdjustInput = z.object({
  to: Subject,
  /** Whole credits: above zero gives, below zero takes. */
  amount: z
    .number('Give a whole number of credits.')
    .int('Credits are whole.')
    .min(-1_000_000, 'At most 1,000,000 credits at once.')
    .max(1_000_000, 'At most 1,000,000 credits at once.')
    .refine((amount) => amount !== 0, 'An adjustment of 0 changes nothing.'),
  reason: Reason,
  idempotencyKey: Key,
});
export type AdjustInput = z.infer<typeof AdjustInput>;

/** `balance` after the adjustment; a repeated press is told the balance of now. */
export const Adjusted = z.object({ account: AccountView, amount: z.number().int(), balance: z.number().int() });
export type Adjusted = z.infer<typeof Adjusted>;

export const RefundInput = z.object({
  generationId: z.uuid('This is not the number of a generation.'),
  reason: Reason,
  idempotencyKey: Key,
});
export type RefundInput = z.infer<typeof RefundInput>;

export const Refunded = z.object({ generationId: z.uuid(), credits: z.number().int() });
export type Refunded = z.infer<typeof Refunded>;
