import { createHash, randomInt } from 'node:crypto';
import { asOwner, generations, memberships, type Tx } from '@repo/db';
import { and, eq, inArray } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { holdCredits } from '../credits/hold-credits.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { advanceGenerationJob } from '../job-definitions.ts';
import { chooseModel } from './catalogue.ts';
import { PRICES } from './rules.ts';
import type { RequestGenerationInput } from './schema.ts';

export type GenerationRow = typeof generations.$inferSelect;

/**
 * Writes a generation, its hold and its job in the caller's transaction. The same key returns the same
 * generation for ever (`isNew` false); the same key for another request is a conflict.
 */
export async function openGeneration(
  tx: Tx,
  ctx: UserContext,
  request: RequestGenerationInput,
): Promise<{ generation: GenerationRow; isNew: boolean }> {
  const requestHash = hashOf(request);
  const earlier = await findByKey(tx, ctx.actor.userId, request.idempotencyKey);
  if (earlier) return { generation: sameRequest(earlier, requestHash), isNew: false };

  const entry = chooseModel(ctx.models, request.kind, request.model);
  if (entry.isPaid && ctx.actor.isGuest && !ctx.guestPaid) {
    throw new DomainError(
      'sign_up_first',
      `${entry.label} is for people with an account. Sign up: it is free, and your credits come along.`,
    );
  }
  if (request.brandId) await mustSpendFor(tx, ctx.actor.userId, request.brandId);
  const now = ctx.now();
  const quotedCredits = Math.max(PRICES[request.kind], entry.credits);
  const [generation] = await tx
    .insert(generations)
    .values({
      ownerId: ctx.actor.userId,
      brandId: request.brandId ?? null,
      kind: request.kind,
      model: entry.id,
      provider: entry.provider,
      prompt: request.prompt,
      input: request.kind === 'image.create' ? { aspectRatio: request.aspectRatio } : {},
      inputAssetId: request.kind === 'image.edit' ? request.assetId : null,
      seed: randomInt(1, 2 ** 31 - 1),
      idempotencyKey: request.idempotencyKey,
      requestHash,
      quotedCredits,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning();
  if (!generation) {
    // The other half of a double click came first, a moment ago.
    const winner = await findByKey(tx, ctx.actor.userId, request.idempotencyKey);
    return { generation: sameRequest(winner!, requestHash), isNew: false };
  }

  await asOwner(tx, async (owner) => {
    await holdCredits(owner, {
      payer: request.brandId ? { brandId: request.brandId } : { userId: ctx.actor.userId },
      generationId: generation.id,
      amount: quotedCredits,
      addressHash: ctx.addressHash,
      now,
    });
    await recordEvent(owner, ctx.actor, {
      noun: 'generation',
      nounId: generation.id,
      verb: 'queued',
      audienceId: ctx.actor.userId,
      brandId: generation.brandId,
      payload: { status: 'queued' },
    });
    await ctx.queue.enqueue(owner, advanceGenerationJob, { generationId: generation.id }, { group: ctx.actor.userId });
  });
  return { generation, isNew: true };
}

const findByKey = async (tx: Tx, ownerId: string, key: string): Promise<GenerationRow | undefined> =>
  (
    await tx
      .select()
      .from(generations)
      .where(and(eq(generations.ownerId, ownerId), eq(generations.idempotencyKey, key)))
  )[0];

function sameRequest(generation: GenerationRow, requestHash: string): GenerationRow {
  if (generation.requestHash === requestHash) return generation;
  throw new DomainError(
    'conflict',
    'This idempotency key was used for another request. Nothing was charged; send it with a new key.',
  );
}

/** A brand pays only where the asker's role may spend for it. */
async function mustSpendFor(tx: Tx, userId: string, brandId: string): Promise<void> {
  const [member] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.brandId, brandId),
        inArray(memberships.role, ['owner', 'admin', 'editor']),
      ),
    );
  if (!member) throw new DomainError('forbidden', 'You may not spend the credits of this brand.');
}

/** What makes two requests the same: everything but the key. */
function hashOf({ idempotencyKey: _, ...request }: RequestGenerationInput): string {
  const sorted = Object.fromEntries(Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
