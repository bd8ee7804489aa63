import { ledgerAccounts, ledgerEntries, type Tx, users } from '@repo/db';
import { and, eq, lt, sql } from 'drizzle-orm';
import { lockAccount, postMovement, takeTurnAt } from './post-movement.ts';

/**
 * Takes `amount` of what was held, at most all of it: the result is stored and readable. What is left goes back to
 * the payer in the same transaction. Resolves to what was captured; does nothing when the hold is settled already.
 */
export async function captureHold(
  tx: Tx,
  generationId: string,
  amount: number,
  now: Date,
  memo = 'Captured: the result is stored',
): Promise<number> {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`${amount} credits cannot be captured.`);
  const held = await heldFor(tx, generationId);
  if (held.amount <= 0) return 0;
  const captured = Math.min(amount, held.amount);
  if (captured > 0) {
    await postMovement(tx, {
      kind: 'capture',
      from: held.account,
      to: held.spent,
      amount: captured,
      memo,
      generationId,
      payerId: held.payer,
      at: now,
    });
  }
  if (captured < held.amount) {
    await giveBack(tx, generationId, held, held.amount - captured, 'it took less than was held', now);
  }
  return captured;
}

/** Gives a hold back, to whoever owns the payer's credits by now. Does nothing when the hold is settled already. */
export async function releaseHold(tx: Tx, generationId: string, why: string, now: Date): Promise<number> {
  const held = await heldFor(tx, generationId);
  if (held.amount <= 0) return 0;
  await giveBack(tx, generationId, held, held.amount, why, now);
  return held.amount;
}

type Held = {
  /** What is still held. */
  amount: number;
  account: string;
  spent: string;
  /** The account it was held from. */
  payer: string;
};

/** What is still held for a generation, and where. Every settlement asks this: one turn, one look. */
async function heldFor(tx: Tx, generationId: string): Promise<Held> {
  const held = sql`(select id from ledger_account where kind = 'held')`;
  const isItsOwn = sql`e.generation_id = ${generationId}`;
  // Sent together; the look still sees what the one whose turn it was before did.
  const [, [row]] = await Promise.all([
    takeTurnAt(tx, generationId),
    tx.execute<Held>(sql`
      select ${held} as account,
        (select id from ledger_account where kind = 'spent') as spent,
        (select coalesce(sum(e.amount), 0)::int from ledger_entry e where ${isItsOwn} and e.account_id = ${held}) as amount,
        (select e.account_id from ledger_entry e where ${isItsOwn} and e.kind = 'hold' and e.amount < 0) as payer`),
  ]);
  return row!;
}

async function giveBack(tx: Tx, generationId: string, held: Held, amount: number, why: string, now: Date) {
  await postMovement(tx, {
    kind: 'release',
    from: held.account,
    to: await payerAccountOf(tx, generationId),
    amount,
    memo: `Given back: ${why}`,
    generationId,
    at: now,
  });
}

/** The account that a generation's credits were held from. */
async function holderOf(tx: Tx, generationId: string) {
  const [holder] = await tx
    .select({ accountId: ledgerEntries.accountId, userId: ledgerAccounts.userId })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(
      and(eq(ledgerEntries.generationId, generationId), eq(ledgerEntries.kind, 'hold'), lt(ledgerEntries.amount, 0)),
    );
  return holder ?? null;
}

/**
 * The account that gets a generation's credits back: the payer's, or that of the person whom a guest has become.
 * Throws for a generation that nothing was held for.
 */
export async function payerAccountOf(tx: Tx, generationId: string): Promise<string> {
  const holder = await holderOf(tx, generationId);
  if (!holder) throw new Error(`Nothing was held for generation ${generationId}.`);
  if (!holder.userId) return holder.accountId;
  const owner = await ownerNow(tx, holder.userId);
  return owner === holder.userId ? holder.accountId : (await lockAccount(tx, { userId: owner })).id;
}

/** Whom a guest has become by now, however often they signed in to another account; oneself otherwise. */
export async function ownerNow(tx: Tx, userId: string): Promise<string> {
  for (let current = userId; ; ) {
    const [user] = await tx.select({ mergedInto: users.mergedInto }).from(users).where(eq(users.id, current));
    if (!user?.mergedInto) return current;
    current = user.mergedInto;
  }
}
