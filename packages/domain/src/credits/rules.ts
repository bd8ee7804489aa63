/** What things cost and what is given, in whole credits. Browser-safe. */

export const GUEST_CREDITS = 20;
export const MONTHLY_CREDITS = 100;
export const IMAGE_CREDITS = 4;
/** Guests behind one address are given at most this many credits a day (UTC) together. */
export const GUEST_CREDITS_PER_ADDRESS_AND_DAY = 400;

/** `2026-11`: the month whose allowance is due. */
export const allowanceMonthOf = (now: Date): string => now.toISOString().slice(0, 7);

/** The first of the next month, UTC: when the allowance is topped up again. */
export const nextAllowanceAt = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));

export const creditsText = (amount: number): string => `${amount} credit${Math.abs(amount) === 1 ? '' : 's'}`;

export const REASON_MAX_CHARS = 500;

/** What can stand in the movements of a person's or a brand's account. */
export const MOVEMENT_KINDS = [
  'grant',
  'hold',
  'capture',
  'release',
  'refund',
  'adjustment',
  'transfer',
  'purchase',
] as const;
