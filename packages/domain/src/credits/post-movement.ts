import { randomUUID } from 'node:crypto';
import { ledgerAccounts, ledgerEntries, type Tx } from '@repo/db';
import { eq } from 'drizzle-orm';

export type Payer = { userId: string } | { brandId: string };
export type LedgerAccount = {
  id: string;
  balance: number;
  allowanceMonth: string | null;
  /** A guest's whose work went to an account: nothing may be charged to it any more. */
  isClosed?: boolean;
};

const columns = {
  id: ledgerAccounts.id,
  balance: ledgerAccounts.balance,
  allowanceMonth: ledgerAccounts.allowanceMonth,
};

/** The payer's account, locked until the transaction ends; made when it is missing. Wants the owner's rights. */
export async function lockAccount(tx: Tx, payer: Payer): Promise<LedgerAccount> {
  const isPayer =
    'userId' in payer ? eq(ledgerAccounts.userId, payer.userId) : eq(ledgerAccounts.brandId, payer.brandId);
  const [found] = await tx.select(columns).from(ledgerAccounts).where(isPayer).for('update');
  if (found) return found;
  await tx
    .insert(ledgerAccounts)
    .values('userId' in payer ? { kind: 'user', userId: payer.userId } : { kind: 'brand', brandId: payer.brandId })
    .onConflictDoNothing();
  const [made] = await tx.select(columns).from(ledgerAccounts).where(isPayer).for('update');
  return made!;
}

/** The id of one of the platform's own accounts. */
export async function platformAccount(tx: Tx, kind: 'held' | 'spent' | 'issued'): Promise<string> {
  const [row] = await tx.select({ id: ledgerAccounts.id }).from(ledgerAccounts).where(eq(ledgerAccounts.kind, kind));
  return row!.id;
}

export type Movement = {
  kind: (typeof ledgerEntries.$inferInsert)['kind'];
  from: string;
  to: string;
  /** Whole credits, above zero. */
  amount: number;
  memo: string;
  generationId?: string | null;
  onceKey?: string | null;
  at: Date;
};

/** Moves credits from one account to another: two entries that sum to zero. Wants the owner's rights. */
export async function postMovement(tx: Tx, movement: Movement): Promise<void> {
  const { kind, memo, at, amount } = movement;
  const shared = {
    movementId: randomUUID(),
    kind,
    memo,
    createdAt: at,
    generationId: movement.generationId ?? null,
    onceKey: movement.onceKey ?? null,
  };
  await tx.insert(ledgerEntries).values([
    { ...shared, accountId: movement.from, amount: -amount, onceKey: null },
    { ...shared, accountId: movement.to, amount },
  ]);
}
