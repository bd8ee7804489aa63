import { randomInt } from 'node:crypto';
import { asOwner, assets, generations, type Tx } from '@repo/db';
import { traceparent } from '@repo/telemetry';
import { and, eq, inArray, or } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { holdCredits } from '../credits/hold-credits.ts';
import { DomainError, notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { advanceGenerationJob } from '../job-definitions.ts';
import { mustBeAllowed, mustHaveAccount, payingBrandOf, readAbility } from '../permissions/read-asker.ts';
import { theBrand } from '../permissions/rules.ts';
import { reserveQuota } from '../quotas/reserve-quota.ts';
import { chooseModel } from './choose-model.ts';
import { quote, reserveOf } from './price.ts';
import { RequestGenerationInput } from './request-schema.ts';
import { reuseEarlier } from './reuse-earlier.ts';
import { IS_DETERMINISTIC, isInline } from './rules.ts';
import type { RequestGeneration } from './schema.ts';
import { furtherPictures, hashOf, reuseHashOf, toColumns } from './stored-request.ts';
import { OWNER_AT_ONCE, takeTurn } from './take-turn.ts';

export type GenerationRow = typeof generations.$inferSelect;
export type Opened = { generation: GenerationRow; isNew: boolean };

/**
 * Writes a generation, its hold and its job in the caller's transaction. The same key returns the same
 * generation for ever (`isNew` false); the same key for another request is a conflict. The picture it works on is
 * the caller's to check; those it looks at besides are checked here.
 */
export async function openGeneration(
  tx: Tx,
  ctx: UserContext,
  asked: RequestGeneration,
  askedHash?: string,
): Promise<Opened> {
  const brandId = payingBrandOf(ctx, asked.brandId);
  const request = RequestGenerationInput.parse(brandId ? { ...asked, brandId } : asked);
  const requestHash = askedHash ?? hashOf(request);
  const earlier = await findEarlier(tx, ctx.actor.userId, request.idempotencyKey, requestHash);
  if (earlier) return { generation: earlier, isNew: false };

  await mustSeePictures(tx, ctx, furtherPictures(request));
  if (request.brandId) await mustSpendFor(tx, ctx, request.brandId);
  const now = ctx.now();
  const { entry, choice } = await chooseModel(tx, ctx.models, request, now);
  if (entry.isPaid && !ctx.guestPaid) {
    const sentence = `${entry.label} is for people with an account. Sign up: it is free, and your credits come along.`;
    mustHaveAccount(ctx, 'use_paid_models', sentence);
  }
  const scope = request.brandId ?? ctx.actor.userId;
  const reuseHash = IS_DETERMINISTIC[request.kind] ? reuseHashOf(request, entry.id, scope) : null;
  const isBatch = request.priority === 'batch';
  const quotedCredits = quote(entry, request);
  const reserved = reserveOf(entry, request);
  const row: typeof generations.$inferInsert = {
    ...toColumns(request),
    ownerId: ctx.actor.userId,
    brandId: request.brandId ?? null,
    kind: request.kind,
    model: entry.id,
    provider: entry.provider,
    requestedModel: request.model,
    choice,
    isBatch,
    seed: randomInt(1, 2 ** 31 - 1),
    idempotencyKey: request.idempotencyKey,
    requestHash,
    reuseHash,
    quotedCredits,
    reserved,
    traceparent: traceparent() ?? null,
    createdAt: now,
  };
  if (reuseHash && !request.refresh) {
    const reused = await reuseEarlier(tx, ctx, row, reuseHash);
    if (reused) return reused === 'lost' ? loseTo(tx, ctx, request, requestHash) : { generation: reused, isNew: true };
  }

  const turn = await asOwner(tx, async (owner) => {
    const turn = await takeTurn(owner, { ownerId: ctx.actor.userId, provider: entry.provider, isBatch });
    if (isInline(request.kind)) await mustHaveRoom(owner, ctx.actor.userId);
    return turn;
  });
  const [generation] = await tx
    .insert(generations)
    .values({ ...row, turn })
    .onConflictDoNothing()
    .returning();
  if (!generation) return loseTo(tx, ctx, request, requestHash);

  await asOwner(tx, async (owner) => {
    await holdCredits(owner, {
      payer: request.brandId ? { brandId: request.brandId } : { userId: ctx.actor.userId },
      generationId: generation.id,
      amount: quotedCredits,
      addressHash: ctx.addressHash,
      now,
    });
    await reserveQuota(owner, { userId: ctx.actor.userId, brandId: generation.brandId, amounts: reserved, now });
    await recordEvent(owner, ctx.actor, {
      noun: 'generation',
      nounId: generation.id,
      verb: 'queued',
      audienceId: ctx.actor.userId,
      brandId: generation.brandId,
      payload: { status: 'queued' },
    });
    // What is answered word by word is begun by whoever asked, in the same process.
    if (isInline(request.kind)) return;
    await ctx.queue.enqueue(owner, advanceGenerationJob, { generationId: generation.id });
  });
  return { generation, isNew: true };
}

/** The other half of a double click came first, a moment ago. */
async function loseTo(tx: Tx, ctx: UserContext, request: RequestGenerationInput, requestHash: string): Promise<Opened> {
  const winner = await findByKey(tx, ctx.actor.userId, request.idempotencyKey);
  return { generation: sameRequest(winner!, requestHash), isNew: false };
}

const findByKey = async (tx: Tx, ownerId: string, key: string): Promise<GenerationRow | undefined> =>
  (
    await tx
      .select()
      .from(generations)
      .where(and(eq(generations.ownerId, ownerId), eq(generations.idempotencyKey, key)))
  )[0];

/** What this key was used for, or null. Throws a conflict where that was another request. */
export async function findEarlier(
  tx: Tx,
  ownerId: string,
  key: string,
  requestHash: string,
): Promise<GenerationRow | null> {
  const earlier = await findByKey(tx, ownerId, key);
  return earlier ? sameRequest(earlier, requestHash) : null;
}

function sameRequest(generation: GenerationRow, requestHash: string): GenerationRow {
  if (generation.requestHash === requestHash) return generation;
  throw new DomainError(
    'conflict',
    'This idempotency key was used for another request. Nothing was charged; send it with a new key.',
  );
}

/** What waits in no line cannot wait: beyond as many as are worked on for one person at once, it is refused. */
async function mustHaveRoom(tx: Tx, ownerId: string): Promise<void> {
  const open = await tx
    .select({ id: generations.id })
    .from(generations)
    .where(
      and(
        eq(generations.ownerId, ownerId),
        eq(generations.kind, 'text.stream'),
        inArray(generations.status, ['queued', 'running', 'retrying', 'checking']),
      ),
    );
  if (open.length < OWNER_AT_ONCE) return;
  throw new DomainError(
    'conflict',
    `${OWNER_AT_ONCE} answers are being written for you already. Nothing was charged: wait until one is done, then ask again.`,
  );
}

/** Every picture must be usable, and public or the asker's own. Somebody else's looks missing. */
export async function mustSeePictures(tx: Tx, ctx: UserContext, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const found = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(
      and(
        inArray(assets.id, wanted),
        eq(assets.status, 'usable'),
        eq(assets.kind, 'picture'),
        or(assets.isPublic, eq(assets.ownerId, ctx.actor.userId)),
      ),
    );
  if (found.length < wanted.length) throw notFound('picture');
}

/** A brand pays only where the asker's role may spend for it. */
const mustSpendFor = async (tx: Tx, ctx: UserContext, brandId: string): Promise<void> =>
  mustBeAllowed(
    (await readAbility(tx, ctx)).can('spend', theBrand(brandId)),
    'You may not spend the credits of this brand.',
  );
