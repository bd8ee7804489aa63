import { ProviderError } from '@repo/ai';
import { type Tx, transactAs } from '@repo/db';
import { cutText, log } from '@repo/telemetry';
import { entryOf, labelOf } from './catalogue.ts';
import { nextInChain } from './choose-model.ts';
import { letGo } from './claim-generations.ts';
import { explainFailure } from './explain-failure.ts';
import { forgetMade } from './forget-made.ts';
import { sayTime } from './health/say-health.ts';
import { insist } from './insist.ts';
import { MAX_ATTEMPTS, makesFiles } from './rules.ts';
import { askedForMs, isOverdue, type Run } from './run.ts';
import { settleCancelled, settleFailed } from './settle-generation.ts';
import { requestOf, reuseHashOf } from './stored-request.ts';
import { takeTurn } from './take-turn.ts';
import { askLater, changeStatus, LostClaim, readOwnRow, writeRecords } from './write-run.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const POLL_AGAIN_MS = 10_000;
/** How long a vendor that cannot be reached is asked what became of a request. */
const ASK_FOR_MS = 30 * 60_000;

/** Failures after which another model may be asked, as long as this one surely took nothing. */
const MAY_MOVE_ON = new Set(['unavailable', 'rate_limited', 'timed_out', 'misconfigured']);
/** Ends of what a vendor was at: it answered, and this is its answer. */
const IS_THE_ANSWER = new Set(['refused', 'invalid', 'empty']);

/**
 * Decides what a run that ended without a result means: cancelled, given back, looked at again later, given to
 * another model, checked, or failed. Resolves to when it goes on, where it does.
 */
export async function endRun(run: Run, error: unknown): Promise<Date | null> {
  const { ctx, generation, claim } = run;
  const stopped = claim.stoppedBy();
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => insist(() => transactAs(ctx.db, ctx.actor, work));
  if (stopped === 'lost_claim' || error instanceof LostClaim) {
    await inTx((tx) => writeRecords(tx, run));
    return null;
  }

  if (stopped === 'cancelled') {
    await inTx(async (tx) => {
      await writeRecords(tx, run);
      await settleCancelled(tx, ctx, generation);
    });
    await forgetUnlessShown(run);
    return null;
  }
  const mayBeTaken = run.step === 'start' && run.isPaid && run.isSubmitted;
  if (stopped === 'worker_stopping' && !mayBeTaken) {
    await insist(() => (run.step === 'start' ? giveBack(run) : letGo(ctx, generation)));
    return null;
  }

  const provider = ProviderError.is(error) ? error : null;
  const reason = stopped === 'timed_out' ? 'timed_out' : (provider?.reason ?? 'internal');
  if (!provider && stopped === null) log.error(`generation ${generation.id}`, { error });
  if (reason === 'misconfigured')
    log.error(`${generation.model} is misconfigured: ${cutText(provider?.detail ?? '').slice(0, 200)}`);

  const isAnswered = provider !== null && (provider.isLost || provider.isOver || IS_THE_ANSWER.has(reason));
  const mayAskAgain = run.step === 'poll' ? !isOverdue(run) : askedForMs(run) < ASK_FOR_MS;
  if (run.step !== 'start' && !isAnswered && mayAskAgain) {
    const sentence = run.step === 'poll' ? explainFailure(reason).sentence : null;
    return askLater(run, provider?.retryAfterMs ?? POLL_AGAIN_MS, sentence);
  }
  const isUnknown = run.step === 'reconcile' && (provider?.isLost || !isAnswered);
  if (mayBeTaken && stopped !== 'timed_out' && (provider ? provider.maybeTaken : true)) return checkOutcome(run);

  const surelyNothing = !run.isPaid || !run.isSubmitted || (provider !== null && !provider.maybeTaken);
  if (run.step === 'start' && surelyNothing && MAY_MOVE_ON.has(reason) && generation.requestedModel === 'auto') {
    const moved = await inTx((tx) => moveOn(tx, run, reason));
    if (moved) return ctx.now();
  }
  const mayRetry = provider ? provider.isRetryable && !run.down : surelyNothing && stopped === null;
  if (run.step === 'start' && mayRetry && generation.attempt < MAX_ATTEMPTS) {
    return inTx((tx) => retryLater(tx, run, reason, provider));
  }
  await inTx(async (tx) => {
    await writeRecords(tx, run);
    await settleFailed(tx, ctx, generation, {
      reason: isUnknown ? 'unknown' : run.step === 'poll' && isOverdue(run) && !isAnswered ? 'timed_out' : reason,
      ownWords: ownWordsOf(run, reason, provider),
      said: provider?.said,
    });
  });
  await forgetUnlessShown(run);
  return null;
}

/** The words of our own models are for people; a vendor's are not. */
function ownWordsOf(run: Run, reason: string, provider: ProviderError | null): string | null {
  const { ctx, generation, down } = run;
  const label = labelOf(ctx.models, generation.model);
  // Without "in how many seconds": a receipt keeps this sentence for ever.
  if (down) return `${label} is down since ${sayTime(down.since, ctx.now())}.`;
  if (provider?.isOver && reason === 'unavailable')
    return `${label} answered, but the answer broke off or cannot be used.`;
  if (provider?.isLost && run.step === 'poll') return `${label} no longer knows of this request.`;
  if (entryOf(ctx.models, generation.model)?.isStandIn && reason === 'invalid') return provider?.detail ?? null;
  return null;
}

/** Nobody knows whether the vendor took it: whoever claims it next asks, and nobody sends it again. */
async function checkOutcome(run: Run): Promise<Date> {
  const { ctx } = run;
  const at = ctx.now();
  await insist(() =>
    transactAs(ctx.db, ctx.actor, async (tx) => {
      await writeRecords(tx, run);
      await changeStatus(tx, run, { status: 'checking', runToken: null, doing: 'Finding out what became of it' });
    }),
  );
  return at;
}

/** Gives the request to the next model of the chain, at no higher price. False where there is none. */
async function moveOn(tx: Tx, run: Run, reason: string): Promise<boolean> {
  const { ctx, generation } = run;
  const tried = [...generation.tried, { model: generation.model, reason }];
  const request = requestOf(generation);
  const next = await nextInChain(tx, ctx.models, request, {
    tried: tried.map(({ model }) => model),
    heldCredits: generation.quotedCredits,
    // A guest who may not use paid models was given one of ours, and stays with ours.
    allowPaid: run.isPaid || ctx.guestPaid,
    now: ctx.now(),
  });
  if (!next) return false;
  const { ownerId, brandId, isBatch } = generation;
  // It stands in another line now, and what it answers is another model's answer.
  const turn = await takeTurn(tx, { ownerId, provider: next.entry.provider, isBatch });
  const reuseHash = generation.reuseHash && reuseHashOf(request, next.entry.id, brandId ?? ownerId);
  await writeRecords(tx, run);
  return changeStatus(tx, run, {
    status: 'queued',
    model: next.entry.id,
    provider: next.entry.provider,
    turn,
    reuseHash,
    choice: next.choice,
    tried,
    attempt: 0,
    runToken: null,
    submittedAt: null,
    doing: null,
    progress: 0,
    lastError: explainFailure(reason).sentence,
  });
}

async function retryLater(tx: Tx, run: Run, reason: string, error: ProviderError | null): Promise<Date> {
  const { ctx, generation } = run;
  const pause = Math.min(LONGEST_PAUSE_MS, error?.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (generation.attempt - 1));
  const nextTryAt = new Date(ctx.now().getTime() + pause);
  await writeRecords(tx, run);
  await changeStatus(tx, run, {
    status: 'retrying',
    lastError: explainFailure(reason).sentence,
    nextTryAt,
    runToken: null,
    submittedAt: null,
    doing: null,
  });
  return nextTryAt;
}

/** This worker stops and nothing was taken: another begins it anew. */
async function giveBack(run: Run): Promise<void> {
  const { ctx, generation } = run;
  await transactAs(ctx.db, ctx.actor, (tx) =>
    changeStatus(tx, run, {
      status: 'queued',
      attempt: Math.max(0, generation.attempt - 1),
      runToken: null,
      submittedAt: null,
      doing: null,
      progress: 0,
    }),
  );
}

/** Files of a result that nobody will see. */
async function forgetUnlessShown({ ctx, generation }: Run): Promise<void> {
  if (!makesFiles(generation.kind)) return;
  const row = await readOwnRow(ctx, generation.id);
  if (row && !row.outputAssetId && !row.runToken) await forgetMade(ctx, generation.id);
}
