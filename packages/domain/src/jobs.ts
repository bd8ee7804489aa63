import type { AnyJob } from '@repo/jobs';
import { checkAsset } from './assets/check-asset.ts';
import { sweepStaleAssets } from './assets/sweep-assets.ts';
import { advanceGeneration } from './generation/advance-generation.ts';
import { measureAllModels } from './generation/health/measure-models.ts';
import { reapLostGenerations } from './generation/reap-generations.ts';
import { sweepUnshownFiles } from './generation/sweep-unshown.ts';
import { rollUpRecentUsage } from './usage/roll-up-usage.ts';

/** Everything a worker does. Loads picture code: no web process imports this. */
export const jobs: readonly AnyJob[] = [
  advanceGeneration,
  reapLostGenerations,
  checkAsset,
  sweepStaleAssets,
  measureAllModels,
  rollUpRecentUsage,
  sweepUnshownFiles,
];
