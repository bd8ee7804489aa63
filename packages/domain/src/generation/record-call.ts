import type { Usage } from '@repo/ai';
import { providerCalls, type Tx } from '@repo/db';
import { signal } from '@repo/telemetry';
import type { SystemContext } from '../context.ts';
import { postProviderCost } from '../credits/post-provider-cost.ts';
import { entryOf } from './catalogue.ts';
import type { GenerationRow } from './open-generation.ts';
import { costOf } from './price.ts';

export type CallRecord = {
  /** So that the same call is written once, however often that is tried. */
  id: string;
  step: 'start' | 'poll' | 'reconcile';
  outcome: string;
  usage: Usage;
  latencyMs: number;
};

/** Leaves a row for a call to a provider, whatever came of it, and posts what it cost. Wants the owner's rights. */
export async function recordCall(
  tx: Tx,
  ctx: SystemContext,
  generation: GenerationRow,
  call: CallRecord,
): Promise<void> {
  const { usage, outcome, step } = call;
  const costMicroUsd = costOf(entryOf(ctx.models, generation.model)?.cost ?? {}, usage);
  const [written] = await tx
    .insert(providerCalls)
    .values({
      id: call.id,
      generationId: generation.id,
      userId: generation.ownerId,
      brandId: generation.brandId,
      provider: generation.provider,
      model: generation.model,
      operation: generation.kind,
      step,
      outcome,
      images: usage.images ?? 0,
      videoSeconds: usage.videoSeconds ?? 0,
      inputTokens: usage.inputTokens ?? 0,
      outputTokens: usage.outputTokens ?? 0,
      costMicroUsd,
      latencyMs: Math.round(call.latencyMs),
      createdAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ id: providerCalls.id });
  if (written) {
    const { provider, model, kind } = generation;
    signal({ type: 'provider_call', provider, model, kind, outcome, ms: call.latencyMs, costMicroUsd });
  }
  if (written && costMicroUsd > 0) {
    await postProviderCost(tx, {
      provider: generation.provider,
      generationId: generation.id,
      microUsd: costMicroUsd,
      at: ctx.now(),
    });
  }
}
