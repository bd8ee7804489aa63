import { type Db, transactAs } from '@repo/db';
import { testDatabase } from '@repo/db/testing';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { createQueue, defineJob, type JobDefinition, type Queue } from '../src/index.server.ts';

export const system = { kind: 'system', job: 'test' } as const;

/** A job that somebody waits for; tests differ in what it does. */
export const aJob = (name: string, extra: Partial<JobDefinition<{ n: number }>> = {}) =>
  defineJob({
    name,
    input: z.object({ n: z.number().int() }),
    concurrency: 1,
    expireInSeconds: 60,
    retries: 2,
    isInteractive: true,
    ...extra,
  });

export type Bench = {
  db: Db;
  errors: Error[];
  /** A process that asks for work (`worker` false) or does it. Stopped when the test ends. */
  aQueue(options?: { worker?: boolean }): Queue;
  /** The payloads and states of this queue's jobs, oldest first, straight from the table. */
  jobsOf(name: string): Promise<{ data: unknown; state: string }[]>;
  close(): Promise<void>;
};

export async function aBench(catalog: readonly JobDefinition<{ n: number }>[]): Promise<Bench> {
  const database = await testDatabase();
  const errors: Error[] = [];
  return {
    db: database.db,
    errors,
    aQueue({ worker = false } = {}) {
      const queue = createQueue({
        url: database.url,
        catalog,
        supervise: worker,
        onError: (error) => errors.push(error),
      });
      onTestFinished(() => queue.stop(100));
      return queue;
    },
    async jobsOf(name) {
      const rows = await transactAs(database.db, system, (tx) =>
        tx.execute<{ data: unknown; state: string }>(
          `select data, state::text from pgboss.job where name = '${name}' order by created_on, id`,
        ),
      );
      return rows.map(({ data, state }) => ({ data, state }));
    },
    close: database.close,
  };
}

/** A promise and the hand that settles it. */
export function aGate(): { opened: Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
