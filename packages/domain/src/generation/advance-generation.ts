import { handleJob } from '@repo/jobs';
import type { SystemContext } from '../context.ts';
import { advanceGenerationJob } from '../job-definitions.ts';
import { claimOne } from './claim-generations.ts';
import type { Desk } from './desk.ts';
import { runGeneration } from './run-generation.ts';

/** The queue's wake-up: what is done, and by whom, is decided at the desk. */
export const advanceGeneration = handleJob(advanceGenerationJob, async ({ desk }: SystemContext & { desk: Desk }) =>
  desk.wake(),
);

/** Works on this one now, out of turn, if it is due and nobody is at it. For tests and operators. */
export async function advanceNow(ctx: SystemContext, generationId: string, signal: AbortSignal): Promise<void> {
  const claimed = await claimOne(ctx, generationId);
  if (claimed) await runGeneration(ctx, claimed, signal);
}
