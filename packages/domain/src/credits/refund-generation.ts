import { asOwner, generations, ledgerEntries, type Tx, transactAs } from '@repo/db';
import { and, eq, gt } from 'drizzle-orm';
import type { SystemContext, UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import { findOnce, platformAccount, postMovement, takeTurnAt } from './post-movement.ts';
import { creditsText } from './rules.ts';
import type { Refunded, RefundInput } from './schema.ts';
import { payerAccountOf } from './settle-hold.ts';

/**
 * Staff give back what a generation was charged, all of it and once, to whoever paid (or has become of them).
 * The same key is the same refund. Throws `forbidden`, `not_found`, `conflict` where nothing is left to refund.
 */
export const refundGeneration = (ctx: UserContext | SystemContext, input: RefundInput): Promise<Refunded> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'refund', 'Only the staff may refund credits.');
    return asOwner(tx, (owner) => refund(owner, ctx, input));
  });

async function refund(tx: Tx, ctx: UserContext | SystemContext, input: RefundInput): Promise<Refunded> {
  const { generationId, reason, idempotencyKey } = input;
  const [generation] = await tx
    .select({ ownerId: generations.ownerId, brandId: generations.brandId })
    .from(generations)
    .where(eq(generations.id, generationId));
  if (!generation) throw notFound('generation');
  await takeTurnAt(tx, generationId);
  const onceKey = `refund:${idempotencyKey}`;
  const earlier = await entryOf(tx, generationId, 'refund');
  if (earlier?.onceKey === onceKey) return { generationId, credits: earlier.amount };
  if (earlier) {
    throw new DomainError(
      'conflict',
      `The ${creditsText(earlier.amount)} of this generation were given back already. Nothing was changed.`,
    );
  }
  const captured = await entryOf(tx, generationId, 'capture');
  if (!captured) {
    throw new DomainError('conflict', 'Nothing was charged for this generation, so there is nothing to give back.');
  }
  const payer = await payerAccountOf(tx, generationId);
  if (await findOnce(tx, payer, onceKey)) {
    throw new DomainError('conflict', 'This idempotency key was used for another refund. Nothing was changed.');
  }
  await postMovement(tx, {
    kind: 'refund',
    from: await platformAccount(tx, 'spent'),
    to: payer,
    amount: captured.amount,
    memo: `Refunded by the staff: ${reason}`,
    generationId,
    onceKey,
    actorId: ctx.actor.kind === 'user' ? ctx.actor.userId : null,
    at: ctx.now(),
  });
  await recordEvent(tx, ctx.actor, {
    noun: 'credits',
    nounId: payer,
    verb: 'refunded',
    audienceId: generation.ownerId,
    brandId: generation.brandId,
    payload: { generationId, amount: captured.amount, reason },
  });
  return { generationId, credits: captured.amount };
}

/** The receiving side of a generation's capture or refund. */
async function entryOf(tx: Tx, generationId: string, kind: 'capture' | 'refund') {
  const [entry] = await tx
    .select({ amount: ledgerEntries.amount, onceKey: ledgerEntries.onceKey })
    .from(ledgerEntries)
    .where(
      and(eq(ledgerEntries.generationId, generationId), eq(ledgerEntries.kind, kind), gt(ledgerEntries.amount, 0)),
    );
  return entry;
}
