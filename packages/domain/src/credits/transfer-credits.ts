import type { Tx } from '@repo/db';
import { lockAccount, postMovement } from './post-movement.ts';

export type Transfer = { fromUserId: string; toUserId: string; atMost: number; memo: string; now: Date };

/** Moves what is left on one person's account to another's. Resolves to how much. Wants the owner's rights. */
export async function transferCredits(tx: Tx, transfer: Transfer): Promise<number> {
  const from = await lockAccount(tx, { userId: transfer.fromUserId });
  const amount = Math.min(from.balance, transfer.atMost);
  if (amount <= 0) return 0;
  const to = await lockAccount(tx, { userId: transfer.toUserId });
  await postMovement(tx, {
    kind: 'transfer',
    from: from.id,
    to: to.id,
    amount,
    memo: transfer.memo,
    onceKey: `transfer:${transfer.fromUserId}`,
    at: transfer.now,
  });
  return amount;
}
