import { guestAllowances, ledgerAccounts, ledgerEntries, type Tx, users } from '@repo/db';
import { and, eq, sql } from 'drizzle-orm';
import { type LedgerAccount, lockAccount, platformAccount, postMovement } from './post-movement.ts';
import { allowanceMonthOf, GUEST_CREDITS, GUEST_CREDITS_PER_ADDRESS_AND_DAY, MONTHLY_CREDITS } from './rules.ts';

export type AllowanceFor = { userId: string; addressHash: string | null; now: Date };

/**
 * Gives a person what is theirs by now, lazily: guests once, accounts a top-up each month (not accumulated).
 * Resolves to the locked account. Wants the owner's rights.
 */
export async function ensureAllowance(tx: Tx, { userId, addressHash, now }: AllowanceFor): Promise<LedgerAccount> {
  const account = await lockAccount(tx, { userId });
  const [user] = await tx
    .select({ isAnonymous: users.isAnonymous, claimedEmail: users.claimedEmail, mergedInto: users.mergedInto })
    .from(users)
    .where(eq(users.id, userId));
  if (!user) return account;
  if (user.mergedInto) return { ...account, isClosed: true };
  const isGuest = user.isAnonymous && !user.claimedEmail;
  const given = isGuest ? await giveToGuest(tx, account, addressHash, now) : await topUp(tx, account, now);
  return { ...account, balance: account.balance + given };
}

async function topUp(tx: Tx, account: LedgerAccount, now: Date): Promise<number> {
  const month = allowanceMonthOf(now);
  if (account.allowanceMonth !== null && account.allowanceMonth >= month) return 0;
  await tx.update(ledgerAccounts).set({ allowanceMonth: month }).where(eq(ledgerAccounts.id, account.id));
  const amount = MONTHLY_CREDITS - account.balance;
  if (amount <= 0) return 0;
  await postMovement(tx, {
    kind: 'grant',
    from: await platformAccount(tx, 'issued'),
    to: account.id,
    amount,
    memo: `Monthly allowance ${month}: topped up to ${MONTHLY_CREDITS}`,
    onceKey: `allowance:${month}`,
    at: now,
  });
  return amount;
}

async function giveToGuest(tx: Tx, account: LedgerAccount, addressHash: string | null, now: Date): Promise<number> {
  const [already] = await tx
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.accountId, account.id), eq(ledgerEntries.onceKey, 'guest')));
  if (already) return 0;
  const amount = await takeFromAddress(tx, addressHash ?? 'unknown', now);
  if (amount <= 0) return 0;
  await postMovement(tx, {
    kind: 'grant',
    from: await platformAccount(tx, 'issued'),
    to: account.id,
    amount,
    memo: 'Credits to try Remixify with',
    onceKey: 'guest',
    at: now,
  });
  return amount;
}

/** How much of a guest's credits the address may still be given today. */
async function takeFromAddress(tx: Tx, addressHash: string, now: Date): Promise<number> {
  const day = now.toISOString().slice(0, 10);
  await tx.insert(guestAllowances).values({ addressHash, day }).onConflictDoNothing();
  const isToday = and(eq(guestAllowances.addressHash, addressHash), eq(guestAllowances.day, day));
  const [row] = await tx
    .select({ credits: guestAllowances.credits })
    .from(guestAllowances)
    .where(isToday)
    .for('update');
  const amount = Math.max(0, Math.min(GUEST_CREDITS, GUEST_CREDITS_PER_ADDRESS_AND_DAY - row!.credits));
  if (amount > 0) {
    await tx
      .update(guestAllowances)
      .set({ credits: sql`${guestAllowances.credits} + ${amount}` })
      .where(isToday);
  }
  return amount;
}
