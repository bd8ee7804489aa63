import type { AnyJob } from '@repo/jobs';
import { checkAsset } from './assets/check-asset.ts';
import { sweepAssetsJob } from './assets/sweep-assets.ts';
import { advanceGeneration } from './generation/advance-generation.ts';
import { reapGenerationsJob } from './generation/reap-generations.ts';

/** Everything a worker does. */
export const jobs: readonly AnyJob[] = [advanceGeneration, reapGenerationsJob, checkAsset, sweepAssetsJob];
