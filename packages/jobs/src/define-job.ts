import type { z } from 'zod';

/** How a run stands: `attempt` counts from 1; `signal` fires when the worker must stop. */
export type JobRun = { attempt: number; signal: AbortSignal };

export type Job<Context, Input> = {
  name: string;
  input: z.ZodType<Input>;
  /** How many of these one worker process runs at once. */
  concurrency: number;
  /** A run that takes longer than this is given to somebody else. */
  expireInSeconds: number;
  /** How often a run that threw or died is tried again before the queue buries it. */
  retries: number;
  /** True wakes workers at once by LISTEN/NOTIFY; false lets them poll. For queues a person waits for. */
  isInteractive: boolean;
  /** Runs by itself at these times (cron, UTC). */
  cron?: string;
  run(context: Context, input: Input, run: JobRun): Promise<void>;
};

/** What `enqueue` needs to know of a job: whoever asks for work need not be able to do it. */
export type JobName<Input> = { name: string; input: z.ZodType<Input> };

export const defineJob = <Context, Input>(job: Job<Context, Input>): Job<Context, Input> => job;
