import { defineJob } from '@repo/jobs';
import { z } from 'zod';

/** Tells the workers that this generation may be due. What they take, and when, they decide themselves. */
export const advanceGenerationJob = defineJob({
  name: 'generation.advance',
  input: z.object({ generationId: z.uuid() }),
  concurrency: 1,
  batchSize: 100,
  expireInSeconds: 60,
  retries: 2,
  isInteractive: true,
});

/** Puts generations that nobody is at into the queue again. */
export const reapGenerationsJob = defineJob({
  name: 'generation.reap',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 0,
  isInteractive: false,
  cron: '* * * * *',
});

/** Looks at an upload. Only workers decode pictures. */
export const checkAssetJob = defineJob({
  name: 'asset.check',
  input: z.object({ assetId: z.uuid() }),
  concurrency: 2,
  expireInSeconds: 120,
  retries: 4,
  isInteractive: true,
});

/** Removes uploads that were never finished, and forgets old keys of presses. */
export const sweepAssetsJob = defineJob({
  name: 'asset.sweep',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 300,
  retries: 0,
  isInteractive: false,
  cron: '*/10 * * * *',
});

/** Measures how fast the models are; whoever ends a run does so too, a few seconds after. */
export const measureModelsJob = defineJob({
  name: 'generation.measure',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 0,
  isInteractive: false,
  cron: '* * * * *',
});

/** Sums up what was asked of providers, by day. */
export const rollUpUsageJob = defineJob({
  name: 'usage.roll_up',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 300,
  retries: 0,
  isInteractive: false,
  cron: '*/5 * * * *',
});

/** Removes files that a worker stored and died before it could say so. */
export const sweepMadeFilesJob = defineJob({
  name: 'generation.sweep',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 300,
  retries: 0,
  isInteractive: false,
  cron: '*/20 * * * *',
});

/** Looks whether something is wrong with the installation. */
export const watchOverJob = defineJob({
  name: 'alerts.watch',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 0,
  isInteractive: false,
  cron: '* * * * *',
});

/** Tells somebody of an alert, by one way. */
export const tellAlertJob = defineJob({
  name: 'alerts.tell',
  input: z.object({
    alertId: z.uuid(),
    what: z.enum(['opened', 'goes_on', 'closed']),
    channel: z.enum(['mail', 'webhook']),
  }),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 8,
  isInteractive: false,
});

/** Forgets old deliveries of webhooks. */
export const sweepDeliveriesJob = defineJob({
  name: 'webhooks.sweep',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 300,
  retries: 0,
  isInteractive: false,
  cron: '17 * * * *',
});

/** Tells whoever set a webhook up that it was stopped. Done where mails are written. */
export const tellWebhookStoppedJob = defineJob({
  name: 'webhooks.tell_stopped',
  input: z.object({ webhookId: z.uuid() }),
  concurrency: 1,
  expireInSeconds: 60,
  retries: 5,
  isInteractive: false,
});

/** Everything that can be asked of a worker. How it is done stands in `jobs.ts`, which only workers load. */
export const jobDefinitions = [
  advanceGenerationJob,
  reapGenerationsJob,
  checkAssetJob,
  sweepAssetsJob,
  measureModelsJob,
  rollUpUsageJob,
  sweepMadeFilesJob,
  watchOverJob,
  tellAlertJob,
  sweepDeliveriesJob,
  tellWebhookStoppedJob,
] as const;
