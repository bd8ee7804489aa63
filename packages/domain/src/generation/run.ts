import { randomUUID } from 'node:crypto';
import { ProviderError } from '@repo/ai';
import { inSpan } from '@repo/telemetry';
import type { SystemContext } from '../context.ts';
import type { Answer } from './call-model.ts';
import { entryOf } from './catalogue.ts';
import type { Claimed } from './claim-generations.ts';
import type { Admission } from './health/admit-call.ts';
import { recordOutcome, releaseProbe } from './health/record-outcome.ts';
import type { KeptClaim } from './keep-claim.ts';
import type { CallRecord } from './record-call.ts';
import { WALL_CLOCK_MS } from './rules.ts';
import type { Kept } from './store-made.ts';

/** One run of one claimed generation, and what has happened in it so far. */
export type Run = {
  ctx: SystemContext;
  generation: Claimed;
  claim: KeptClaim;
  step: CallRecord['step'];
  /** Each of its calls costs real money. */
  isPaid: boolean;
  /** True from just before the request may reach the vendor. */
  isSubmitted: boolean;
  /** Calls whose rows are still to be written, with whatever ends this run. */
  records: CallRecord[];
  /** Set when the breaker did not let it through. */
  down: Extract<Admission, { admitted: false }> | null;
  /** What an earlier run had stored already. */
  found?: Kept;
};

export const modelIsPaid = (ctx: SystemContext, { model }: Claimed): boolean =>
  entryOf(ctx.models, model)?.isPaid ?? true;

/** True when what a vendor is at had all the time of its kind. */
export const isOverdue = ({
  ctx,
  generation: { kind, operationRef, submittedAt },
}: Pick<Run, 'ctx' | 'generation'>): boolean =>
  operationRef !== null && submittedAt !== null && ctx.now().getTime() - submittedAt.getTime() > WALL_CLOCK_MS[kind];

/** How long it is known by now that a vendor may have this request. */
export const askedForMs = ({ ctx, generation }: Pick<Run, 'ctx' | 'generation'>): number =>
  ctx.now().getTime() - (generation.submittedAt ?? generation.createdAt).getTime();

/** A call that does not end when it is told to holds its run no longer than this. */
const GRACE_MS = 5_000;

async function endingSoon<T>(provider: string, signal: AbortSignal, call: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = Promise.withResolvers<never>();
  const giveUp = () => {
    const options = { detail: 'did not end when told to', maybeTaken: true };
    timer = setTimeout(() => late.reject(new ProviderError(provider, 'timed_out', options)), GRACE_MS);
  };
  if (signal.aborted) giveUp();
  else signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([call, late.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** Makes a call, notes what it took for its row, and tells the model's health of it. */
export async function watchCallOf<T extends Answer | string>(
  run: Run,
  isProbe: boolean,
  call: () => Promise<T>,
): Promise<T> {
  const { ctx, generation, claim, step } = run;
  const startedAt = performance.now();
  const note = (outcome: string, usage: CallRecord['usage']) => {
    const latencyMs = performance.now() - startedAt;
    run.records.push({ id: randomUUID(), step, outcome, usage, latencyMs });
    return latencyMs;
  };
  try {
    const { provider, model, kind } = generation;
    const facts = { 'gen_ai.provider.name': provider, 'gen_ai.request.model': model, 'gen_ai.operation.name': kind };
    const answer = await inSpan(`call ${provider}`, { kind: 'client', facts }, () =>
      endingSoon(provider, claim.signal, call()),
    );
    const isDone = typeof answer === 'object' && answer.state === 'done';
    const outcome: string = typeof answer === 'string' ? answer : answer.state;
    const latencyMs = note(outcome, isDone ? answer.usage : {});
    // A look that found it still at work says little: it must not wipe out what failing starts have told.
    if (step === 'start' || isDone) await recordOutcome(ctx, generation, { ok: true, latencyMs, isProbe });
    return answer;
  } catch (error) {
    const stopped = claim.stoppedBy();
    const reason = ProviderError.is(error) ? error.reason : 'internal';
    const latencyMs = note(stopped ?? reason, (ProviderError.is(error) && error.usage) || {});
    // Whoever is told to stop says nothing about the model.
    if (stopped && stopped !== 'timed_out') await releaseProbe(ctx, generation, isProbe);
    else await recordOutcome(ctx, generation, { ok: false, reason: stopped ?? reason, latencyMs, isProbe });
    throw error;
  }
}
