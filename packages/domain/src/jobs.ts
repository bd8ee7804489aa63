import type { AnyJob } from '@repo/jobs';
import { watchOverEverything } from './alerts/watch-over.ts';
import { checkAsset } from './assets/check-asset.ts';
import { sweepStaleAssets } from './assets/sweep-assets.ts';
import { advanceGeneration } from './generation/advance-generation.ts';
import { measureAllModels } from './generation/health/measure-models.ts';
import { reapLostGenerations } from './generation/reap-generations.ts';
import { sweepFilesOfEnded } from './generation/sweep-made-files.ts';
import { rollUpRecentUsage } from './usage/roll-up-usage.ts';
import { sweepOldDeliveries } from './webhooks/sweep-deliveries.ts';

/** Everything a worker does. Loads picture code: no web process imports this. */
export const jobs: readonly AnyJob[] = [
  advanceGeneration,
  reapLostGenerations,
  checkAsset,
  sweepStaleAssets,
  measureAllModels,
  rollUpRecentUsage,
  sweepFilesOfEnded,
  watchOverEverything,
  sweepOldDeliveries,
];
