import { randomUUID } from 'node:crypto';
import { type AnyModel, ProviderError } from '@repo/ai';
import { providerCalls, type Tx, transactAs } from '@repo/db';
import { inSpan } from '@repo/telemetry';
import { and, eq, gte } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { buildRequest } from './build-request.ts';
import { type Answer, readMedia, startCall } from './call-model.ts';
import type { Claimed } from './claim-generations.ts';
import { endRun } from './end-run.ts';
import { forgetMade } from './forget-made.ts';
import { admitCall } from './health/admit-call.ts';
import { releaseProbe } from './health/record-outcome.ts';
import { insist } from './insist.ts';
import { keepClaim } from './keep-claim.ts';
import { MAX_RUNS, makesFiles, WALL_CLOCK_MS } from './rules.ts';
import { askedForMs, isOverdue, modelIsPaid, type Run, watchCallOf } from './run.ts';
import { settleCancelled, settleDone, settleFailed } from './settle-generation.ts';
import { findStored, storeMade } from './store-made.ts';
import { requestOf } from './stored-request.ts';
import {
  askLater,
  LostClaim,
  markSubmitted,
  putBackAsNotTaken,
  readOwnRow,
  waitForVendor,
  writeRecords,
} from './write-run.ts';

/** Nobody waits longer than this from asking to the first try, not even for a model that stays away. */
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;
/** How long it is looked for what became of a request whose answer was lost. */
const CHECK_FOR_MS = 120_000;
const CHECK_AGAIN_MS = 5_000;
/** What a vendor has ready is fetched, however late it is. */
const FETCH_MS = 60_000;

/**
 * Takes one claimed generation as far as it can go without waiting: asks its model, stores what comes back, captures
 * the hold. Safe to die anywhere: a settled generation is left alone, and a paid request is never sent again while
 * nobody knows whether it was taken. Resolves to when it wants to go on, where it waits for something.
 */
export async function runGeneration(
  ctx: SystemContext,
  generation: Claimed,
  workerSignal: AbortSignal,
): Promise<Date | null> {
  if (await settleWithoutModel(ctx, generation)) return null;
  const run: Run = {
    ctx,
    generation,
    step: stepOf(generation),
    isPaid: modelIsPaid(ctx, generation),
    isSubmitted: false,
    records: [],
    down: null,
    claim: keepClaim(ctx, generation, {
      deadlineMs: timeLeftMs(ctx, generation),
      workerSignal,
      maySwitchWorker: () => !(run.isPaid && run.isSubmitted),
    }),
  };
  try {
    const answer = await inSpan(`engine ${run.step}`, {}, () => takeStep(run));
    if (answer === 'not taken') return await putBackAsNotTaken(run);
    if (answer === 'unknown') return await askLater(run, CHECK_AGAIN_MS, null);
    if (answer.state === 'pending') {
      if (isOverdue(run)) throw new ProviderError(generation.provider, 'timed_out', { isOver: true });
      return await waitForVendor(run, answer);
    }
    await inSpan('engine keep', {}, () => keep(run, answer));
    return null;
  } catch (error) {
    await run.claim.release();
    return endRun(run, error);
  } finally {
    await run.claim.release();
  }
}

const stepOf = ({ status, operationRef }: Claimed): Run['step'] =>
  operationRef ? 'poll' : status === 'checking' ? 'reconcile' : 'start';

function timeLeftMs(ctx: SystemContext, generation: Claimed): number {
  const all = WALL_CLOCK_MS[generation.kind];
  return stepOf(generation) === 'start' ? all : Math.max(FETCH_MS, all - askedForMs({ ctx, generation }));
}

/** Ends what needs no model any more. */
async function settleWithoutModel(ctx: SystemContext, generation: Claimed): Promise<boolean> {
  const now = ctx.now().getTime();
  const settle = (work: (tx: Tx) => Promise<boolean>) => transactAs(ctx.db, ctx.actor, work);
  if (generation.cancelRequested) {
    await settle((tx) => settleCancelled(tx, ctx, generation));
    return true;
  }
  if (generation.kind === 'text.stream') {
    const ownWords = 'The server that was writing this answer went away.';
    await settle((tx) => settleFailed(tx, ctx, generation, { reason: 'unavailable', ownWords }));
    return true;
  }
  if (stepOf(generation) !== 'start') return false;
  const isForgotten = now - generation.createdAt.getTime() > GIVE_UP_AFTER_MS;
  if (!isForgotten && generation.attempt <= MAX_RUNS) return false;
  await settle((tx) => settleFailed(tx, ctx, generation, { reason: isForgotten ? 'timed_out' : 'internal' }));
  return true;
}

function takeStep(run: Run): Promise<Answer | 'unknown' | 'not taken'> {
  const { ctx, generation } = run;
  const model = ctx.models.modelOf?.(generation.model);
  if (!model) {
    const detail = `no model ${generation.model} here`;
    throw new ProviderError(generation.provider, 'misconfigured', { detail });
  }
  switch (run.step) {
    case 'start':
      return start(run, model);
    case 'poll':
      return poll(run, model);
    case 'reconcile':
      return reconcile(run, model);
    default:
      return run.step satisfies never;
  }
}

async function start(run: Run, model: AnyModel): Promise<Answer> {
  const { ctx, generation, claim } = run;
  const request = await buildRequest(ctx, generation);
  const admission = await admitCall(ctx, generation);
  if (!admission.admitted) {
    run.down = admission;
    throw new ProviderError(generation.provider, 'unavailable', { detail: 'its breaker is open' });
  }
  try {
    claim.signal.throwIfAborted();
    if (run.isPaid) await markSubmitted(run);
    claim.signal.throwIfAborted();
  } catch (error) {
    await releaseProbe(ctx, generation, admission.isProbe);
    throw error;
  }
  run.isSubmitted = true;
  return watchCallOf(run, admission.isProbe, () =>
    startCall(model, request, {
      signal: claim.signal,
      onProgress: claim.onProgress,
      idempotencyKey: generation.id,
    }),
  );
}

async function poll(run: Run, model: AnyModel): Promise<Answer> {
  const { generation, claim } = run;
  if (model.type !== 'media') throw new ProviderError(generation.provider, 'misconfigured', { isLost: true });
  const request = requestOf(generation);
  return watchCallOf(run, false, async () =>
    readMedia(
      model.name,
      request,
      await model.poll(generation.operationRef!, { signal: claim.signal, onProgress: claim.onProgress }),
    ),
  );
}

/** What became of a request whose answer was lost: perhaps it lies in our own store, perhaps the vendor can tell. */
async function reconcile(run: Run, model: AnyModel): Promise<Answer | 'unknown' | 'not taken'> {
  const { ctx, generation, claim } = run;
  // What lies there by now may be the result of whoever took over.
  if (claim.stoppedBy() === 'lost_claim') throw new LostClaim();
  const kept = await findStored(ctx, generation);
  if (kept) {
    run.found = kept;
    const { images = 0, video_seconds: videoSeconds = 0 } = generation.reserved;
    const usage = { images, videoSeconds };
    // The call that made it ended with its worker, and left no row.
    run.records.push({ id: randomUUID(), step: 'reconcile', outcome: 'found', usage, latencyMs: 0 });
    return { state: 'done', type: 'words', output: {}, notes: [], usage };
  }
  await noteLostCall(run);
  if (model.type !== 'media' || !model.reconcile)
    throw new ProviderError(generation.provider, 'unavailable', { isLost: true });
  const request = requestOf(generation);
  const told = await watchCallOf(run, false, async () => {
    const found = await model.reconcile!(generation.id, { signal: claim.signal });
    if (found.state === 'not_taken' || found.state === 'unknown') return found.state;
    return readMedia(model.name, request, found);
  });
  if (told === 'not_taken') return 'not taken';
  if (told !== 'unknown') return told;
  if (askedForMs(run) > CHECK_FOR_MS) throw new ProviderError(generation.provider, 'unavailable', { isLost: true });
  return 'unknown';
}

/** A call whose worker died left no row; that it was made, and may be billed, must stand among the others. */
async function noteLostCall({ ctx, generation, records }: Run): Promise<void> {
  const since = generation.submittedAt ?? generation.createdAt;
  const [known] = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .select({ id: providerCalls.id })
      .from(providerCalls)
      .where(and(eq(providerCalls.generationId, generation.id), gte(providerCalls.createdAt, since)))
      .limit(1),
  );
  if (known) return;
  const latencyMs = ctx.now().getTime() - since.getTime();
  records.push({ id: randomUUID(), step: 'start', outcome: 'lost', usage: {}, latencyMs });
}

/** Stores the result, shows it and captures the hold. */
async function keep(run: Run, answer: Extract<Answer, { state: 'done' }>): Promise<void> {
  const { ctx, generation, claim } = run;
  // What lies there by now may be the result of whoever took over.
  if (claim.stoppedBy() === 'lost_claim') throw new LostClaim();
  const kept = run.found ?? (await storeMade(ctx, generation, answer));
  await claim.release();
  const settled = await insist(
    () =>
      transactAs(ctx.db, ctx.actor, async (tx) => {
        await writeRecords(tx, run);
        return settleDone(tx, ctx, generation, { kept, notes: notesOf(answer), usage: answer.usage });
      }),
    () => claim.stoppedBy() === 'lost_claim',
  );
  // Somebody else ended it meanwhile: nothing of it is shown, so nothing of it is kept.
  if (!settled && makesFiles(generation.kind) && !(await isKept(run))) await forgetMade(ctx, generation.id);
}

/** What the person is told beside the result, the model's own words included. */
function notesOf(answer: Extract<Answer, { state: 'done' }>): string[] {
  const words = 'text' in answer ? answer.text?.trim().slice(0, 500) : undefined;
  return words ? [...answer.notes, `The model says: ${words}`] : answer.notes;
}

async function isKept({ ctx, generation }: Run): Promise<boolean> {
  const row = await readOwnRow(ctx, generation.id);
  // Another run may be at it this very moment: what lies there is its own.
  return row !== undefined && (row.outputAssetId !== null || row.runToken !== null);
}
