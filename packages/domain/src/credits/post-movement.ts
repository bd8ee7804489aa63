import { randomUUID } from 'node:crypto';
import { ledgerAccounts, ledgerEntries, type Tx } from '@repo/db';
import { and, eq, sql } from 'drizzle-orm';

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

/** Those who settle one generation take turns, each seeing what the one before did. The database's trigger does too. */
export const takeTurnAt = (tx: Tx, generationId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('ledger:' || ${generationId}, 0))`);

export type Movement = {
  kind: (typeof ledgerEntries.$inferInsert)['kind'];
  from: string;
  to: string;
  /** Whole credits or micro-dollars, above zero. */
  amount: number;
  memo: string;
  generationId?: string | null;
  /** Names a movement that may happen only once on one of its two accounts: the receiving one unless said otherwise. */
  onceKey?: string | null;
  onceOn?: 'from' | 'to';
  /** The account whose held credits a capture takes. */
  payerId?: string | null;
  /** Who did it by hand. */
  actorId?: string | null;
  at: Date;
};

/** Moves credits from one account to another: two entries that sum to zero. Wants the owner's rights. */
export async function postMovement(tx: Tx, movement: Movement): Promise<void> {
  const { kind, memo, at, amount, onceKey = null, onceOn = 'to' } = movement;
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`A movement of ${amount} is none.`);
  const shared = {
    movementId: randomUUID(),
    kind,
    memo,
    createdAt: at,
    generationId: movement.generationId ?? null,
    actorId: movement.actorId ?? null,
  };
  await tx.insert(ledgerEntries).values([
    {
      ...shared,
      accountId: movement.from,
      amount: -amount,
      onceKey: onceOn === 'from' ? onceKey : null,
      payerId: movement.payerId ?? null,
    },
    { ...shared, accountId: movement.to, amount, onceKey: onceOn === 'to' ? onceKey : null, payerId: null },
  ]);
}

/** An entry that carries `onceKey` on this account: the movement happened already. */
export async function findOnce(tx: Tx, accountId: string, onceKey: string) {
  const [entry] = await tx
    .select()
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.accountId, accountId), eq(ledgerEntries.onceKey, onceKey)));
  return entry ?? null;
}
