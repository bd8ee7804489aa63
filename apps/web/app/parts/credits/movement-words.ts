import type { Movement, MovementKind } from '@repo/domain/credits/schema';

type Words = {
  /** Of one movement. */
  one: string;
  /** In the filter: what such movements are. */
  filter: string;
  tone: 'neutral' | 'success' | 'accent' | 'outline';
};

const WORDS = {
  grant: { one: 'Given', filter: 'Given to you', tone: 'success' },
  hold: { one: 'Held', filter: 'Held', tone: 'outline' },
  capture: { one: 'Spent', filter: 'Spent', tone: 'accent' },
  release: { one: 'Given back', filter: 'Given back', tone: 'neutral' },
  refund: { one: 'Refunded', filter: 'Refunded', tone: 'success' },
  adjustment: { one: 'Adjusted', filter: 'Adjusted', tone: 'neutral' },
  transfer: { one: 'Moved', filter: 'Moved', tone: 'neutral' },
  purchase: { one: 'Bought', filter: 'Bought', tone: 'success' },
} satisfies Record<MovementKind, Words>;

export const movementWords = (kind: MovementKind): Words => WORDS[kind];

/** "+100", "−4"; a capture changes no balance. */
export const signed = (amount: number): string =>
  amount === 0 ? '0' : `${amount > 0 ? '+' : '−'}${Math.abs(amount).toLocaleString('en')}`;

/** From where to where, in words. `owner` is whose account is looked at: "you" or a brand. */
export function wayOfMovement({ kind, amount, moved, counterpart }: Movement, owner: string): string {
  if (kind === 'capture') return `${moved.toLocaleString('en')} that were held went to spent`;
  return amount < 0 ? `${owner} to ${lower(counterpart)}` : `${lower(counterpart)} to ${owner}`;
}

const lower = (counterpart: string): string =>
  counterpart === 'Held' || counterpart === 'Spent' ? counterpart.toLowerCase() : counterpart;
