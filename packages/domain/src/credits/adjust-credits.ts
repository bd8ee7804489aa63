import { asOwner, ledgerEntries, type Tx, transactAs, users } from '@repo/db';
import { and, eq, sql } from 'drizzle-orm';
import type { SystemContext, UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { type Found, findSubject } from './find-subject.ts';
import { findOnce, type LedgerAccount, lockAccount, platformAccount, postMovement } from './post-movement.ts';
import { creditsText } from './rules.ts';
import type { Adjusted, AdjustInput, Subject } from './schema.ts';

/**
 * Staff give a person or a brand credits, or take some away, for a reason that stands in the movement for ever.
 * The same key is the same adjustment. Throws `forbidden`, `not_found`, `invalid` below zero, `conflict` for a key
 * that was used for another one.
 */
export const adjustCredits = (ctx: UserContext | SystemContext, input: AdjustInput): Promise<Adjusted> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'adjust_credits', 'Only the staff may adjust credits.');
    return asOwner(tx, (owner) => adjust(owner, ctx, input));
  });

/** The same for a brand's account. */
export const grantToBrand = (
  ctx: UserContext | SystemContext,
  { brandId, ...rest }: Omit<AdjustInput, 'to'> & { brandId: string },
): Promise<Adjusted> => adjustCredits(ctx, { ...rest, to: { brandId } satisfies Subject });

async function adjust(tx: Tx, ctx: UserContext | SystemContext, input: AdjustInput): Promise<Adjusted> {
  const { amount, reason, idempotencyKey } = input;
  const actorId = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  const onceKey = `adjustment:${actorId ?? 'system'}:${idempotencyKey}`;
  // Both halves of a double click wait here for each other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${onceKey}, 0))`);
  const subject = await findSubject(tx, input.to);
  const account = await openAccount(tx, subject, ctx.now());
  const issued = await platformAccount(tx, 'issued');
  const memo = `Adjusted by the staff: ${reason}`;

  const earlier = await findOnce(tx, issued, onceKey);
  if (earlier) {
    if (earlier.amount !== -amount || earlier.memo !== memo || !(await concerns(tx, earlier.movementId, account.id))) {
      throw new DomainError('conflict', 'This idempotency key was used for another adjustment. Nothing was changed.');
    }
    return { account: subject.view, amount, balance: account.balance };
  }
  if (account.balance + amount < 0) {
    throw new DomainError(
      'invalid',
      `${subject.view.name} has ${creditsText(account.balance)}: ${creditsText(-amount)} cannot be taken. Nothing was changed.`,
      { balance: account.balance },
    );
  }
  await postMovement(tx, {
    kind: 'adjustment',
    from: amount > 0 ? issued : account.id,
    to: amount > 0 ? account.id : issued,
    amount: Math.abs(amount),
    memo,
    // On the platform's side, where every adjustment has an entry whatever its direction and whomever it concerns.
    onceKey,
    onceOn: amount > 0 ? 'from' : 'to',
    actorId,
    at: ctx.now(),
  });
  await recordEvent(tx, ctx.actor, {
    noun: 'credits',
    nounId: account.id,
    verb: 'adjusted',
    audienceId: subject.userId,
    brandId: subject.brandId,
    payload: { amount, reason },
  });
  return { account: subject.view, amount, balance: account.balance + amount };
}

/** Locked. A person's own allowance comes first: a later top-up would swallow what is given here. */
async function openAccount(tx: Tx, { payer }: Found, now: Date): Promise<LedgerAccount> {
  if ('brandId' in payer) return lockAccount(tx, payer);
  const [person] = await tx
    .select({ isAnonymous: users.isAnonymous, claimedEmail: users.claimedEmail })
    .from(users)
    .where(eq(users.id, payer.userId));
  // What a guest is given depends on their address, and never swallows anything.
  const isGuest = person?.isAnonymous && !person.claimedEmail;
  return isGuest ? lockAccount(tx, payer) : ensureAllowance(tx, { userId: payer.userId, addressHash: null, now });
}

async function concerns(tx: Tx, movementId: string, accountId: string): Promise<boolean> {
  const [entry] = await tx
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(and(eq(ledgerEntries.movementId, movementId), eq(ledgerEntries.accountId, accountId)));
  return entry !== undefined;
}
