import type { MovementKind } from '@repo/domain/credits/schema';

type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const WORDS = {
  grant: { text: 'Given', tone: 'success' },
  hold: { text: 'Held', tone: 'neutral' },
  capture: { text: 'Spent', tone: 'accent' },
  release: { text: 'Came back', tone: 'success' },
  refund: { text: 'Refunded', tone: 'success' },
  adjustment: { text: 'Adjusted', tone: 'warning' },
  transfer: { text: 'Transferred', tone: 'neutral' },
  purchase: { text: 'Bought', tone: 'success' },
} satisfies Record<MovementKind, { text: string; tone: Tone }>;

/** What happened, in a word. A kind of a newer server is shown as it is. */
export const movementWords = (kind: string): { text: string; tone: Tone } =>
  Object.hasOwn(WORDS, kind) ? WORDS[kind as MovementKind] : { text: kind, tone: 'neutral' };

/** "+12", "−12", "0". */
export const signed = (amount: number): string =>
  amount === 0 ? '0' : `${amount > 0 ? '+' : '−'}${Math.abs(amount).toLocaleString('en')}`;
