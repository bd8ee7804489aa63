import { generations, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import type { Claimed } from './claim-generations.ts';

const TICK_MS = 400;
const BEAT_MS = 3_000;
/** A little less than a worker that stops gives its runs. */
const LAST_CHANCE_MS = 24_000;

/** Why a run was stopped before its model answered. */
export type StopReason = 'cancelled' | 'lost_claim' | 'timed_out' | 'worker_stopping';

export type ClaimLimits = {
  deadlineMs: number;
  workerSignal: AbortSignal;
  /** False while a paid answer is on its way: a worker that stops waits for it as long as it can. */
  maySwitchWorker(): boolean;
};

export type KeptClaim = {
  signal: AbortSignal;
  onProgress(fraction: number, doing: string): void;
  stoppedBy(): StopReason | null;
  release(): Promise<void>;
};

/**
 * Holds a claim while a model works: beats, writes true progress down, and stops the work when the owner
 * cancels, the claim is lost, the time is up or the worker must stop.
 */
export function keepClaim(
  ctx: SystemContext,
  generation: Claimed,
  { deadlineMs, workerSignal, maySwitchWorker }: ClaimLimits,
): KeptClaim {
  const controller = new AbortController();
  let reason: StopReason | null = null;
  let latest: { progress: number; doing: string } | null = null;
  let lastBeat = Date.now();
  let ticking: Promise<void> | null = null;
  let released = false;

  const stop = (why: StopReason) => {
    reason ??= why;
    controller.abort(new Error(why));
  };
  const deadline = setTimeout(() => stop('timed_out'), deadlineMs);
  let lastChance: ReturnType<typeof setTimeout> | undefined;
  const onWorkerStop = () => {
    if (maySwitchWorker()) stop('worker_stopping');
    else lastChance = setTimeout(() => stop('worker_stopping'), LAST_CHANCE_MS);
  };
  // Not before whoever called has the claim in hand.
  if (workerSignal.aborted) queueMicrotask(onWorkerStop);
  else workerSignal.addEventListener('abort', onWorkerStop);

  const tick = async () => {
    const news = latest;
    latest = null;
    if (!news && Date.now() - lastBeat < BEAT_MS) {
      const [row] = await transactAs(ctx.db, ctx.actor, (tx) =>
        tx
          .select({ cancel: generations.cancelRequested, token: generations.runToken })
          .from(generations)
          .where(eq(generations.id, generation.id)),
      );
      if (row?.token !== generation.runToken) stop('lost_claim');
      else if (row?.cancel) stop('cancelled');
      return;
    }
    await transactAs(ctx.db, ctx.actor, async (tx) => {
      const [row] = await tx
        .update(generations)
        .set({ heartbeatAt: ctx.now(), ...(news ?? {}) })
        .where(and(eq(generations.id, generation.id), eq(generations.runToken, generation.runToken)))
        .returning({ cancel: generations.cancelRequested });
      if (!row) return stop('lost_claim');
      if (row.cancel) return stop('cancelled');
      if (!news) return;
      await recordEvent(tx, ctx.actor, {
        noun: 'generation',
        nounId: generation.id,
        verb: 'progress',
        audienceId: generation.ownerId,
        brandId: generation.brandId,
        payload: { status: generation.status, ...news },
      });
    });
    lastBeat = Date.now();
  };
  const beat = () => {
    if (released || ticking) return;
    // A database that is away for a moment costs a beat, not the work.
    ticking = tick()
      .catch(() => undefined)
      .finally(() => {
        ticking = null;
      });
  };
  const timer = setInterval(beat, TICK_MS);

  return {
    signal: controller.signal,
    onProgress(fraction, doing) {
      if (released) return;
      const isNews = latest === null;
      latest = { progress: Math.min(1, Math.max(0, fraction)), doing: doing.slice(0, 120) };
      if (isNews) beat();
    },
    stoppedBy: () => reason,
    async release() {
      released = true;
      clearInterval(timer);
      clearTimeout(deadline);
      clearTimeout(lastChance);
      workerSignal.removeEventListener('abort', onWorkerStop);
      await ticking;
    },
  };
}
