import { type MediaProgress, type MediaRequest, ProviderError } from '@repo/ai';
import { assets, generations, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { and, eq } from 'drizzle-orm';
import { readAssetPicture } from '../assets/read-asset-picture.ts';
import { removeStored, type StoredPicture, storePicture } from '../assets/store-picture.ts';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import { advanceGenerationJob } from '../job-definitions.ts';
import { entryOf } from './catalogue.ts';
import { claimGeneration } from './claim-generation.ts';
import { explainFailure } from './explain-failure.ts';
import { type KeptClaim, keepClaim } from './keep-claim.ts';
import type { GenerationRow } from './open-generation.ts';
import { MAX_ATTEMPTS } from './rules.ts';
import { recordProviderCall, settleCancelled, settleDone, settleFailed } from './settle-generation.ts';

const DEADLINE_MS = 120_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Takes one generation as far as it can go without waiting: claims it, asks its model, stores what comes
 * back, captures the hold. Safe to run twice and to die anywhere: a settled generation is left alone, and a
 * paid request is never sent again while nobody knows whether it was taken.
 */
export const advanceGeneration = handleJob(advanceGenerationJob, async (ctx: SystemContext, { generationId }, run) => {
  const generation = await claimGeneration(ctx, generationId);
  if (!generation) return;
  const claim = keepClaim(ctx, generation, { deadlineMs: DEADLINE_MS, workerSignal: run.signal });
  try {
    const result = await askModel(ctx, generation, claim);
    const stored = await storeResult(ctx, generation, result);
    await claim.release();
    const settled = await transactAs(ctx.db, ctx.actor, (tx) =>
      settleDone(tx, ctx, generation, { stored, notes: notesOf(result) }),
    );
    // Somebody else ended it meanwhile; they own what is stored, unless nothing came of it.
    if (!settled) await forgetResult(ctx, generation);
  } catch (error) {
    await claim.release();
    await endRun(ctx, generation, claim, error);
  }
});

type Done = Extract<MediaProgress, { state: 'done' }>;

async function askModel(ctx: SystemContext, generation: GenerationRow, claim: KeptClaim): Promise<Done> {
  const model = ctx.models.modelOf?.(generation.model);
  if (!model)
    throw new ProviderError(generation.provider, 'misconfigured', { detail: `no model ${generation.model} here` });
  const request = await requestOf(ctx, generation);
  const startedAt = Date.now();
  let outcome = 'done';
  let images = 0;
  try {
    const progress = await model.start(request, { signal: claim.signal, onProgress: claim.onProgress });
    if (progress.state === 'pending')
      throw new ProviderError(model.name, 'invalid', { detail: 'picture models answer at once' });
    images = progress.outputs.length;
    if (images === 0) throw new ProviderError(model.name, 'empty', { detail: progress.text ?? '' });
    return progress;
  } catch (error) {
    outcome = ProviderError.is(error) ? error.reason : (claim.stoppedBy() ?? 'internal');
    throw error;
  } finally {
    const costMicroUsd = images * (entryOf(ctx.models, generation.model)?.costMicroUsd ?? 0);
    await transactAs(ctx.db, ctx.actor, (tx) =>
      recordProviderCall(tx, generation, { outcome, images, costMicroUsd, latencyMs: Date.now() - startedAt }),
    );
  }
}

async function requestOf(ctx: SystemContext, generation: GenerationRow): Promise<MediaRequest> {
  const { prompt, seed } = generation;
  if (generation.kind === 'image.create') {
    const aspectRatio = (generation.input['aspectRatio'] ?? '1:1') as Extract<
      MediaRequest,
      { kind: 'image.create' }
    >['aspectRatio'];
    return { kind: 'image.create', prompt, seed, aspectRatio };
  }
  const [asset] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select()
      .from(assets)
      .where(and(eq(assets.id, generation.inputAssetId!), eq(assets.status, 'usable'))),
  );
  if (!asset) throw new ProviderError(generation.provider, 'invalid', { detail: 'The original picture is gone.' });
  return { kind: 'image.edit', prompt, seed, image: await readAssetPicture(ctx.store, asset) };
}

/** What the person is told beside the picture, the model's own words included. */
function notesOf({ notes, text }: Done): string[] {
  const words = text?.trim().slice(0, 500);
  return words ? [...notes, `The model says: ${words}`] : notes;
}

/** The result's asset has the generation's own id, so that a run which died half-way is overwritten, not orphaned. */
async function storeResult(ctx: SystemContext, generation: GenerationRow, result: Done): Promise<StoredPicture> {
  try {
    return await storePicture(ctx.store, generation.id, result.outputs[0]!.bytes);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PictureError') {
      throw new ProviderError(generation.provider, 'empty', { detail: 'its picture could not be read', cause });
    }
    throw cause;
  }
}

async function forgetResult(ctx: SystemContext, generation: GenerationRow): Promise<void> {
  const [row] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ output: generations.outputAssetId, token: generations.runToken })
      .from(generations)
      .where(eq(generations.id, generation.id)),
  );
  if (!row?.output && !row?.token) await removeStored(ctx.store, generation.id);
}

/** Decides what a run that ended without a result means: cancelled, put back, tried again later, or failed. */
async function endRun(ctx: SystemContext, generation: GenerationRow, claim: KeptClaim, error: unknown): Promise<void> {
  const isPaid = entryOf(ctx.models, generation.model)?.isPaid ?? true;
  const stopped = claim.stoppedBy();
  if (stopped === 'lost_claim') return;
  if (stopped === 'worker_stopping' && !isPaid) return putBack(ctx, generation);

  const provider = ProviderError.is(error) ? error : null;
  const reason = stopped === 'timed_out' ? 'timed_out' : (provider?.reason ?? 'internal');
  // Only a failure that surely took nothing from the vendor may be tried again.
  const mayRetry = provider ? provider.isRetryable : !isPaid && stopped === null;
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    if (stopped === 'cancelled') return void (await settleCancelled(tx, ctx, generation));
    if (mayRetry && generation.attempt < MAX_ATTEMPTS) return retryLater(tx, ctx, generation, reason, provider);
    const ownWords = generation.provider === 'local' && reason === 'invalid' ? provider?.detail : null;
    await settleFailed(tx, ctx, generation, { reason, ownWords: ownWords ?? null });
  });
  // A person gets a sentence; whoever runs this gets the cause.
  if (!provider && stopped === null) throw error;
  if (reason === 'misconfigured') console.error(`${generation.model} is misconfigured: ${provider?.detail ?? ''}`);
}

type Tx = Parameters<Parameters<typeof transactAs>[2]>[0];

async function retryLater(
  tx: Tx,
  ctx: SystemContext,
  generation: GenerationRow,
  reason: string,
  error: ProviderError | null,
) {
  const pause = Math.min(LONGEST_PAUSE_MS, error?.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (generation.attempt - 1));
  const nextTryAt = new Date(ctx.now().getTime() + pause);
  const lastError = explainFailure(reason).sentence;
  const [row] = await tx
    .update(generations)
    .set({ status: 'retrying', failure: reason, lastError, nextTryAt, runToken: null, submittedAt: null, doing: null })
    .where(and(eq(generations.id, generation.id), eq(generations.runToken, generation.runToken!)))
    .returning({ id: generations.id });
  if (!row) return;
  await recordEvent(tx, ctx.actor, {
    noun: 'generation',
    nounId: generation.id,
    verb: 'retrying',
    audienceId: generation.ownerId,
    payload: { status: 'retrying', attempt: generation.attempt, lastError },
  });
  await ctx.queue.enqueue(
    tx,
    advanceGenerationJob,
    { generationId: generation.id },
    { startAfter: nextTryAt, group: generation.ownerId },
  );
}

/** Gives free work back to the queue: this worker stops, another begins it anew. */
async function putBack(ctx: SystemContext, generation: GenerationRow): Promise<void> {
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx
      .update(generations)
      .set({
        status: 'queued',
        attempt: generation.attempt - 1,
        runToken: null,
        submittedAt: null,
        doing: null,
        progress: 0,
      })
      .where(and(eq(generations.id, generation.id), eq(generations.runToken, generation.runToken!)))
      .returning({ id: generations.id });
    if (row)
      await ctx.queue.enqueue(tx, advanceGenerationJob, { generationId: generation.id }, { group: generation.ownerId });
  });
}
