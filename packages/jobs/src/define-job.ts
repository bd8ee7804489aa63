import type { z } from 'zod';

/** How a run stands: `attempt` counts from 1; `signal` fires when the worker must stop. */
export type JobRun = { attempt: number; signal: AbortSignal };

/** What a job is, without how it is done: whoever asks for work need not be able to do it. */
export type JobDefinition<Input> = {
  name: string;
  input: z.ZodType<Input>;
  /** How many of these one worker process runs at once. */
  concurrency: number;
  /** How many are fetched at once, for jobs that take no time themselves. Without it, one. */
  batchSize?: number;
  /** A run that takes longer than this is given to somebody else. */
  expireInSeconds: number;
  /** How often a run that threw or died is tried again before the queue buries it. */
  retries: number;
  /** True wakes workers at once by LISTEN/NOTIFY; false lets them poll. For queues a person waits for. */
  isInteractive: boolean;
  /** Runs by itself at these times (cron, UTC). */
  cron?: string;
};

export type Job<Context, Input> = JobDefinition<Input> & {
  run(context: Context, input: Input, run: JobRun): Promise<void>;
};

export const defineJob = <Input>(definition: JobDefinition<Input>): JobDefinition<Input> => definition;

/** Says how a job is done. Only worker code holds these. */
export const handleJob = <Context, Input>(
  definition: JobDefinition<Input>,
  run: Job<Context, Input>['run'],
): Job<Context, Input> => ({ ...definition, run });
