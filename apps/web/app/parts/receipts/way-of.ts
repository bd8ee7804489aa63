import type { Receipt } from '@repo/domain/credits/schema';

/** Which way each kind of movement goes: it leaves one account and enters another, so both sides sum to 0. */
const WAYS: Record<string, (payer: string) => string> = {
  hold: (payer) => `${payer} to held`,
  capture: () => 'held to spent',
  release: (payer) => `held to ${payer}`,
  refund: (payer) => `spent to ${payer}`,
};

export const wayOf = (kind: string, payer: string): string => WAYS[kind]?.(payer) ?? kind;

/** Whoever paid, as the one who looks at it calls them. */
export const payerName = ({ payer }: Pick<Receipt, 'payer'>, viewer: string | undefined): string =>
  payer.kind === 'user' && payer.name === viewer ? 'you' : payer.name;
