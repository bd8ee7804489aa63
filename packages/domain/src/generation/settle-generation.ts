import { assets, generations, providerCalls, type Tx } from '@repo/db';
import { and, eq, inArray } from 'drizzle-orm';
import type { StoredPicture } from '../assets/store-picture.ts';
import type { SystemContext } from '../context.ts';
import { captureHold, releaseHold } from '../credits/hold-credits.ts';
import { recordEvent } from '../events/record-event.ts';
import { explainFailure } from './explain-failure.ts';
import type { GenerationRow } from './open-generation.ts';

const OPEN = ['queued', 'running', 'retrying', 'checking'] as const;

/** Only whoever holds the claim, of a generation that is still open, may end it. */
const isOurs = (generation: Pick<GenerationRow, 'id' | 'runToken'>) =>
  and(
    eq(generations.id, generation.id),
    inArray(generations.status, [...OPEN]),
    ...(generation.runToken ? [eq(generations.runToken, generation.runToken)] : []),
  );

type Settled = { status: 'done' | 'failed' | 'cancelled'; verb: string };

async function tellOwner(tx: Tx, ctx: SystemContext, generation: GenerationRow, { status, verb }: Settled) {
  await recordEvent(tx, ctx.actor, {
    noun: 'generation',
    nounId: generation.id,
    verb,
    audienceId: generation.ownerId,
    brandId: generation.brandId,
    payload: { status },
  });
}

/** The result is stored: shows it and captures the hold. False when the generation was settled by somebody else. */
export async function settleDone(
  tx: Tx,
  ctx: SystemContext,
  generation: GenerationRow,
  result: { stored: StoredPicture; notes: string[] },
): Promise<boolean> {
  const now = ctx.now();
  const { stored } = result;
  await tx
    .insert(assets)
    .values({
      ...stored,
      ownerId: generation.ownerId,
      origin: 'generation',
      status: 'usable',
      usableAt: now,
      createdAt: now,
    })
    .onConflictDoNothing();
  const [done] = await tx
    .update(generations)
    .set({
      status: 'done',
      progress: 1,
      doing: null,
      lastError: null,
      nextTryAt: null,
      runToken: null,
      notes: result.notes,
      outputAssetId: stored.id,
      finishedAt: now,
    })
    .where(isOurs(generation))
    .returning({ id: generations.id });
  if (!done) return false;
  await captureHold(tx, generation.id, now);
  await tellOwner(tx, ctx, generation, { status: 'done', verb: 'done' });
  return true;
}

/** Ends a generation without a result and gives its hold back, in one transaction. */
export async function settleFailed(
  tx: Tx,
  ctx: SystemContext,
  generation: GenerationRow,
  failure: { reason: string; ownWords?: string | null },
): Promise<boolean> {
  const now = ctx.now();
  const { sentence } = explainFailure(failure.reason, failure.ownWords);
  const [failed] = await tx
    .update(generations)
    .set({
      status: 'failed',
      failure: failure.reason,
      failureSentence: sentence,
      doing: null,
      nextTryAt: null,
      runToken: null,
      finishedAt: now,
    })
    .where(isOurs(generation))
    .returning({ id: generations.id });
  if (!failed) return false;
  await releaseHold(tx, generation.id, sentence, now);
  await tellOwner(tx, ctx, generation, { status: 'failed', verb: 'failed' });
  return true;
}

export async function settleCancelled(tx: Tx, ctx: SystemContext, generation: GenerationRow): Promise<boolean> {
  const now = ctx.now();
  const [cancelled] = await tx
    .update(generations)
    .set({ status: 'cancelled', cancelRequested: true, doing: null, nextTryAt: null, runToken: null, finishedAt: now })
    .where(isOurs(generation))
    .returning({ id: generations.id });
  if (!cancelled) return false;
  await releaseHold(tx, generation.id, 'you cancelled it', now);
  await tellOwner(tx, ctx, generation, { status: 'cancelled', verb: 'cancelled' });
  return true;
}

/** Leaves a row for a call to a provider, whatever came of it. */
export async function recordProviderCall(
  tx: Tx,
  generation: GenerationRow,
  call: { outcome: string; images: number; costMicroUsd: number; latencyMs: number },
): Promise<void> {
  await tx.insert(providerCalls).values({
    generationId: generation.id,
    userId: generation.ownerId,
    brandId: generation.brandId,
    provider: generation.provider,
    model: generation.model,
    operation: generation.kind,
    ...call,
  });
}
