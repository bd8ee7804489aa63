import type { Usage } from '@repo/ai';
import { assets, embeddings, generations, type QuotaMetric, type Tx } from '@repo/db';
import { signal } from '@repo/telemetry';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { captureHold, releaseHold } from '../credits/hold-credits.ts';
import { recordEvent } from '../events/record-event.ts';
import { settleQuota } from '../quotas/settle-quota.ts';
import { entryOf } from './catalogue.ts';
import { explainFailure } from './explain-failure.ts';
import type { GenerationRow } from './open-generation.ts';
import { charge } from './price.ts';
import { storableText } from './storable.ts';
import type { Kept } from './store-made.ts';
import { requestOf } from './stored-request.ts';

const OPEN = ['queued', 'running', 'retrying', 'checking'] as const;

/** Only whoever holds the claim, of a generation that is still open, may end it. */
const isOurs = (generation: Pick<GenerationRow, 'id' | 'runToken'>) =>
  and(
    eq(generations.id, generation.id),
    inArray(generations.status, [...OPEN]),
    ...(generation.runToken ? [eq(generations.runToken, generation.runToken)] : []),
  );

/** What every end has in common: nobody is at it any more. */
const ENDED = { doing: null, nextTryAt: null, runToken: null } as const;

/** What of the product it was for: `direct` was asked for by itself. */
const WHOSE = {
  feature: sql<Feature>`case when exists (select 1 from remix where remix.generation_id = generation.id) then 'remix'
    else 'direct' end`,
};
type Feature = 'remix' | 'direct';
type Settled = { status: 'done' | 'failed' | 'cancelled'; feature: Feature };

async function tellOwner(tx: Tx, ctx: SystemContext, generation: GenerationRow, { status, feature }: Settled) {
  signal({ type: 'generation', feature, kind: generation.kind, model: generation.model, status });
  await recordEvent(tx, ctx.actor, {
    noun: 'generation',
    nounId: generation.id,
    verb: status,
    audienceId: generation.ownerId,
    brandId: generation.brandId,
    payload: { status },
  });
}

export type DoneResult = { kept: Kept; notes: string[]; usage: Usage };

/** The result is stored: shows it and captures what it took. False when the generation was settled by somebody else. */
export async function settleDone(
  tx: Tx,
  ctx: SystemContext,
  generation: GenerationRow,
  { kept, notes, usage }: DoneResult,
): Promise<boolean> {
  const now = ctx.now();
  if (kept.asset) {
    const { ownerId } = generation;
    const usable = { ownerId, origin: 'generation', status: 'usable', usableAt: now, createdAt: now } as const;
    await tx
      .insert(assets)
      .values({ ...kept.asset, ...usable })
      .onConflictDoNothing();
  }
  const [done] = await tx
    .update(generations)
    .set({
      ...ENDED,
      status: 'done',
      progress: 1,
      failure: null,
      lastError: null,
      notes: notes.map(storableText),
      output: kept.output ?? null,
      outputAssetId: kept.asset?.id ?? null,
      finishedAt: now,
    })
    .where(isOurs(generation))
    .returning(WHOSE);
  if (!done) return false;
  if (kept.vectors) {
    const { id, ownerId, brandId } = generation;
    await tx.insert(embeddings).values(kept.vectors.map((row) => ({ ...row, generationId: id, ownerId, brandId })));
  }
  const entry = entryOf(ctx.models, generation.model);
  const held = generation.quotedCredits;
  const credits = entry ? charge(entry, requestOf(generation), { held, usage }) : held;
  await captureHold(tx, generation.id, credits, now);
  await settleQuota(tx, { ...quotaOf(generation), used: usedOf(generation, usage, credits) });
  await tellOwner(tx, ctx, generation, { status: 'done', ...done });
  return true;
}

/** Ends a generation without a result and gives its hold back, in one transaction. */
export async function settleFailed(
  tx: Tx,
  ctx: SystemContext,
  generation: GenerationRow,
  failure: { reason: string; ownWords?: string | null | undefined; said?: string | null | undefined },
): Promise<boolean> {
  const now = ctx.now();
  const { sentence } = explainFailure(failure.reason, failure.ownWords);
  const [failed] = await tx
    .update(generations)
    .set({
      ...ENDED,
      status: 'failed',
      failure: failure.reason,
      failureSentence: sentence,
      said: storableText((failure.said ?? '').trim().slice(0, 2_000)) || null,
      finishedAt: now,
    })
    .where(isOurs(generation))
    .returning(WHOSE);
  if (!failed) return false;
  await releaseHold(tx, generation.id, sentence, now);
  await settleQuota(tx, { ...quotaOf(generation), used: null });
  await tellOwner(tx, ctx, generation, { status: 'failed', ...failed });
  return true;
}

export async function settleCancelled(tx: Tx, ctx: SystemContext, generation: GenerationRow): Promise<boolean> {
  const now = ctx.now();
  const [cancelled] = await tx
    .update(generations)
    .set({ ...ENDED, status: 'cancelled', cancelRequested: true, finishedAt: now })
    .where(isOurs(generation))
    .returning(WHOSE);
  if (!cancelled) return false;
  await releaseHold(tx, generation.id, 'you cancelled it', now);
  await settleQuota(tx, { ...quotaOf(generation), used: null });
  await tellOwner(tx, ctx, generation, { status: 'cancelled', ...cancelled });
  return true;
}

const quotaOf = ({ ownerId, brandId, reserved, createdAt }: GenerationRow) => ({
  userId: ownerId,
  brandId,
  reserved,
  createdAt,
});

/** What counts in the end. Tokens a model does not tell are taken as they were reserved. */
function usedOf({ reserved }: GenerationRow, usage: Usage, credits: number): Partial<Record<QuotaMetric, number>> {
  const told = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
  return {
    images: reserved.images ?? 0,
    video_seconds: reserved.video_seconds ?? 0,
    tokens: told > 0 ? told : (reserved.tokens ?? 0),
    credits,
  };
}
