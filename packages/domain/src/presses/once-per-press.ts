import { presses, type Tx } from '@repo/db';
import { and, eq, sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { hashRequest } from './hash-request.ts';

export type Press<Made> = {
  noun: typeof presses.$inferInsert.noun;
  /** What was asked for, with its key where it has one: without, everything is made anew. */
  request: { idempotencyKey?: string | undefined; [field: string]: unknown };
  make(): Promise<Made>;
  /** The answer of a repeated press; null where what it made is gone. */
  again(madeId: string): Promise<Made | null>;
};

/**
 * Makes something once for each key of a person, in the caller's transaction: the same key with the same request answers
 * what was made, at once too. Throws `conflict` for a key of another request, and where what it made is gone.
 */
export async function oncePerPress<Made extends { id: string }>(
  tx: Tx,
  { actor, now }: UserContext,
  { noun, request, make, again }: Press<Made>,
): Promise<Made> {
  const { idempotencyKey: key, ...asked } = request;
  if (key === undefined) return make();
  const [ownerId, requestHash] = [actor.userId, hashRequest(asked)];
  // Both halves of a double click wait here for each other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`press ${ownerId} ${noun} ${key}`}, 0))`);
  const [earlier] = await tx
    .select()
    .from(presses)
    .where(and(eq(presses.ownerId, ownerId), eq(presses.noun, noun), eq(presses.key, key)));
  if (!earlier) {
    const made = await make();
    await tx.insert(presses).values({ ownerId, noun, key, requestHash, madeId: made.id, createdAt: now() });
    return made;
  }
  if (earlier.requestHash !== requestHash) {
    throw new DomainError(
      'conflict',
      'This idempotency key was used for another request. Nothing was made; send it with a new key.',
    );
  }
  const answer = await again(earlier.madeId);
  if (!answer) throw new DomainError('conflict', 'What this idempotency key made is gone. Send it with a new key.');
  return answer;
}
