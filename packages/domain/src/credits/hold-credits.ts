import { ledgerAccounts, ledgerEntries, type Tx, users } from '@repo/db';
import { and, eq, lt, sql } from 'drizzle-orm';
import { DomainError } from '../errors.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { lockAccount, type Payer, platformAccount, postMovement } from './post-movement.ts';
import { creditsText } from './rules.ts';

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
    memo: 'Held while the remix is made',
    generationId,
    at: now,
  });
}

/** What is still held for a generation. */
async function heldFor(tx: Tx, generationId: string): Promise<{ amount: number; heldAccount: string }> {
  const heldAccount = await platformAccount(tx, 'held');
  const [row] = await tx
    .select({ amount: sql<number>`coalesce(sum(${ledgerEntries.amount}), 0)::int` })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.generationId, generationId), eq(ledgerEntries.accountId, heldAccount)));
  return { amount: row!.amount, heldAccount };
}

/** Takes what was held: the result is stored and readable. Does nothing when the hold is settled already. */
export async function captureHold(tx: Tx, generationId: string, now: Date): Promise<number> {
  const { amount, heldAccount } = await heldFor(tx, generationId);
  if (amount <= 0) return 0;
  await postMovement(tx, {
    kind: 'capture',
    from: heldAccount,
    to: await platformAccount(tx, 'spent'),
    amount,
    memo: 'Captured: the picture is stored',
    generationId,
    at: now,
  });
  return amount;
}

/** Gives a hold back, to whoever owns the payer's credits by now. Does nothing when the hold is settled already. */
export async function releaseHold(tx: Tx, generationId: string, why: string, now: Date): Promise<number> {
  const { amount, heldAccount } = await heldFor(tx, generationId);
  if (amount <= 0) return 0;
  await postMovement(tx, {
    kind: 'release',
    from: heldAccount,
    to: await payerAccountOf(tx, generationId),
    amount,
    memo: `Given back: ${why}`,
    generationId,
    at: now,
  });
  return amount;
}

async function payerAccountOf(tx: Tx, generationId: string): Promise<string> {
  const [payer] = await tx
    .select({ accountId: ledgerEntries.accountId, mergedInto: users.mergedInto })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .leftJoin(users, eq(users.id, ledgerAccounts.userId))
    .where(
      and(eq(ledgerEntries.generationId, generationId), eq(ledgerEntries.kind, 'hold'), lt(ledgerEntries.amount, 0)),
    );
  // A guest who signed up while the remix was made gets their credits back on the account.
  if (payer?.mergedInto) return (await lockAccount(tx, { userId: payer.mergedInto })).id;
  return payer!.accountId;
}
