import { asOwner, type Tx } from '@repo/db';
import { inSpan, runTold, signal, traceparent } from '@repo/telemetry';
import { sql } from 'drizzle-orm';
import { fromDrizzle, type JobWithMetadata, PgBoss } from 'pg-boss';
import type { Job, JobDefinition } from './define-job.ts';

export type EnqueueOptions = {
  /** Larger runs first. */
  priority?: number;
  startAfter?: Date;
  /** Whose job it is: workers take turns between groups. */
  group?: string;
};

export type QueueOptions = {
  /** A direct connection: LISTEN does not work through a transaction pooler. */
  url: string;
  /** Every job there is, so that asking for work needs no worker to have started before. */
  catalog: readonly AnyDefinition[];
  onError(error: Error): void;
  /** Connections at most. */
  max?: number;
  /** True in the worker: watches heartbeats, expired runs and schedules. */
  supervise?: boolean;
  applicationName?: string;
};

// A catalog holds jobs of every input; each is parsed by its own schema before it runs.
// biome-ignore lint/suspicious/noExplicitAny: variance: no single input type fits all jobs
export type AnyJob = Job<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyDefinition = JobDefinition<any>;

export interface Queue {
  /** Connects, and installs or upgrades the queue's own tables. */
  start(): Promise<void>;
  /** Adds a job inside the caller's transaction, so that it exists exactly when the rows it is about do. */
  enqueue<Input>(tx: Tx, job: JobDefinition<Input>, input: Input, options?: EnqueueOptions): Promise<void>;
  /** Runs these jobs until `stop`. */
  work<Context>(jobs: readonly AnyJob[], context: Context): Promise<void>;
  /** Jobs that wait or run, by queue. */
  depth(): Promise<Record<string, { waiting: number; active: number }>>;
  /** Throws when the queue cannot be reached. */
  ping(): Promise<void>;
  /** Lets running jobs end for at most `timeoutMs`, then gives them back. */
  stop(timeoutMs?: number): Promise<void>;
}

/** pg-boss takes a dead worker's job back after two missed beats; it allows no less than 10 s. */
const HEARTBEAT_SECONDS = 10;
const SUPERVISE_SECONDS = 5;

export function createQueue(options: QueueOptions): Queue {
  const supervise = options.supervise ?? false;
  const boss = new PgBoss({
    connectionString: options.url,
    application_name: options.applicationName ?? 'remixify-queue',
    max: options.max ?? 3,
    supervise,
    schedule: supervise,
    useListenNotify: supervise,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    // A log of warnings nobody reads grows for ever.
    persistWarnings: false,
  });
  boss.on('error', options.onError);
  let started: Promise<void> | null = null;

  const begin = async () => {
    await boss.start();
    const known = new Map(
      (await boss.getQueues()).map((queue) => [queue.name, { ...queue } as Record<string, unknown>]),
    );
    for (const job of options.catalog) {
      const settings = {
        retryLimit: job.retries,
        retryDelay: 1,
        retryBackoff: true,
        retryDelayMax: 60,
        expireInSeconds: job.expireInSeconds,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        deleteAfterSeconds: 24 * 3600,
        notify: job.isInteractive,
      };
      const queue = known.get(job.name);
      if (!queue) await boss.createQueue(job.name, settings);
      // Two processes that start together both made it; an older release may have made it otherwise.
      if (!queue || Object.entries(settings).some(([name, value]) => queue[name] !== value))
        await boss.updateQueue(job.name, settings);
    }
  };

  return {
    start() {
      started ??= begin().catch((error: unknown) => {
        started = null;
        throw error;
      });
      return started;
    },

    async enqueue(tx, job, input, { priority, startAfter, group } = {}) {
      await this.start();
      const payload = job.input.parse(input) as object;
      await inSpan(`enqueue ${job.name}`, { kind: 'producer', facts: { 'job.name': job.name } }, () =>
        asOwner(tx, (owner) =>
          boss.send(job.name, withTrace(payload), {
            db: fromDrizzle(owner, sql),
            ...(priority === undefined ? {} : { priority }),
            ...(startAfter ? { startAfter } : {}),
            ...(group ? { group: { id: group } } : {}),
          }),
        ),
      );
    },

    async work(jobs, context) {
      await this.start();
      for (const job of jobs) await workOn(boss, job, context);
    },

    async depth() {
      const queues = await boss.getQueues(options.catalog.map((job) => job.name));
      return Object.fromEntries(
        queues.map((queue) => [
          queue.name,
          { waiting: queue.readyCount ?? queue.queuedCount, active: queue.activeCount },
        ]),
      );
    },

    async ping() {
      await this.start();
      await boss.getDb().executeSql('select 1');
    },

    async stop(timeoutMs = 10_000) {
      if (started) await boss.stop({ graceful: true, timeout: timeoutMs, close: true });
      started = null;
    },
  };
}

async function workOn(boss: PgBoss, job: AnyJob, context: unknown) {
  let workId = '';
  workId = await boss.work(
    job.name,
    {
      includeMetadata: true,
      batchSize: job.batchSize ?? 1,
      burstWhenBatchFull: (job.batchSize ?? 1) > 1,
      localConcurrency: job.concurrency,
      pollingIntervalSeconds: job.isInteractive ? 1 : 2,
      notifyPollingIntervalSeconds: 2,
      heartbeatRefreshSeconds: 3,
    },
    async (runs: JobWithMetadata<object>[]) => {
      // A worker would sleep a whole poll between two fetches.
      boss.notifyWorker(workId);
      for (const run of runs) await runWatched(job, run, context);
    },
  );
  if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'UTC' });
}

/** Beside the payload a job carries the trace it was asked for in; inputs are parsed without it. */
const TRACE = 'traceparent';

function withTrace(payload: object): object {
  const trace = traceparent();
  return trace ? { ...payload, [TRACE]: trace } : payload;
}

/** One run, told of under its name, as a part of the trace that asked for it, and counted. */
function runWatched(job: AnyJob, run: JobWithMetadata<object>, context: unknown): Promise<void> {
  const { [TRACE]: parent, ...data } = (run.data ?? {}) as Record<string, unknown>;
  const attempt = run.retryCount + 1;
  const facts = { 'job.name': job.name, 'job.attempt': attempt };
  const options = { kind: 'consumer', facts, parent: typeof parent === 'string' ? parent : null } as const;
  return runTold({ job: job.name, jobId: run.id }, () =>
    inSpan(`job ${job.name}`, options, async () => {
      const since = performance.now();
      const ended = (outcome: 'done' | 'failed') =>
        signal({ type: 'job', job: job.name, outcome, ms: performance.now() - since });
      try {
        await job.run(context, job.input.parse(data), { attempt, signal: run.signal });
        ended('done');
      } catch (error) {
        ended('failed');
        throw error;
      }
    }),
  );
}
