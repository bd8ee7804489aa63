import { defineJob } from '@repo/jobs';
import { z } from 'zod';

/** Looks every hour whether the day's backup is there: a machine that slept at three takes it when it wakes. */
export const dailyBackupJob = defineJob({
  name: 'backup.daily',
  input: z.object({}),
  concurrency: 1,
  expireInSeconds: 6 * 3600,
  retries: 0,
  isInteractive: false,
  cron: '0 * * * *',
});
