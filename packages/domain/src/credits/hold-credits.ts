import type { Tx } from '@repo/db';
import { DomainError } from '../errors.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { lockAccount, type Payer, platformAccount, postMovement } from './post-movement.ts';
import { creditsText } from './rules.ts';

export { captureHold, releaseHold } from './settle-hold.ts';

export type Hold = { payer: Payer; generationId: string; amount: number; addressHash: string | null; now: Date };

/** Sets the most that a generation can cost aside. Throws `out_of_credits`. Wants the owner's rights. */
export async function holdCredits(tx: Tx, { payer, generationId, amount, addressHash, now }: Hold): Promise<void> {
  if (amount === 0) return;
  const account =
    'userId' in payer
      ? await ensureAllowance(tx, { userId: payer.userId, addressHash, now })
      : await lockAccount(tx, payer);
  // The merge held this account's lock: what a guest still presses after it would be nobody's.
  if (account.isClosed) {
    throw new DomainError('conflict', 'You have signed in meanwhile. Nothing was charged: press again.');
  }
  if (account.balance < amount) {
    throw new DomainError(
      'out_of_credits',
      `This costs ${creditsText(amount)} and ${'userId' in payer ? 'you have' : 'the brand has'} ${account.balance}. Nothing was charged.`,
      { needed: amount, balance: account.balance },
    );
  }
  await postMovement(tx, {
    kind: 'hold',
    from: account.id,
    to: await platformAccount(tx, 'held'),
    amount,
    memo: 'Held while it is made',
    generationId,
    at: now,
  });
}
