import { createDb, transactAs } from '@repo/db';
import { createQueue, defineJob, handleJob } from '@repo/jobs';
import postgres from 'postgres';
import { z } from 'zod';
import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { timeOnce, timingOf } from '../measure.ts';
import { databaseOfItsOwn, type House } from '../open-house.ts';

const JOBS = 6_000;
const WAKE_UPS = 40;
const BATCH = 50;

export const group: BenchGroup = { title: 'Draining the queue', isQuick: true, run: benchQueue };

const noopJob = defineJob({
  name: 'bench.noop',
  input: z.object({}),
  concurrency: 4,
  batchSize: BATCH,
  expireInSeconds: 60,
  retries: 0,
  isInteractive: true,
});

/** Jobs that do nothing through the catalog, against rows taken from a table; and how soon an idle worker hears. */
async function benchQueue(house: House, { isShort }: Size): Promise<Row[]> {
  const url = await databaseOfItsOwn(house.databaseUrl, 'bench_queue');
  const [jobs, wakeUps] = isShort ? [100, 2] : [JOBS, WAKE_UPS];
  const db = createDb(url);
  const queue = createQueue({ url, catalog: [noopJob], supervise: true, max: 6, onError: () => {} });
  let heard: () => void = () => {};
  let open = jobs;
  const all = Promise.withResolvers<void>();
  const handler = handleJob<null, object>(noopJob, async () => {
    open -= 1;
    if (open === 0) all.resolve();
    heard();
  });
  const enqueue = (count: number) =>
    transactAs(db, { kind: 'system', job: 'bench' }, async (tx) => {
      for (let one = 0; one < count; one += 1) await queue.enqueue(tx, noopJob, {});
    });
  try {
    await queue.start();
    for (let from = 0; from < jobs; from += 1_000) await enqueue(Math.min(1_000, jobs - from));
    const floor = await drainBare(url, jobs);
    const drained = await timeOnce(async () => {
      await queue.work([handler], null);
      await all.promise;
    }, 0);
    const ours = perJob(drained.seconds, jobs);
    const waits: number[] = [];
    for (let run = 0; run < wakeUps; run += 1) {
      // Long enough that nobody is at work any more.
      await new Promise((resolve) => setTimeout(resolve, isShort ? 50 : 150));
      const told = new Promise<void>((resolve) => {
        heard = resolve;
      });
      await enqueue(1);
      const sent = performance.now();
      await told;
      waits.push(Math.max(0, performance.now() - sent));
    }
    const idle = timingOf([{ times: waits, seconds: waits.reduce((sum, time) => sum + time, 0) / 1000 }]);
    return [
      {
        name: `Queue, ${jobs} jobs that do nothing`,
        floorName: `delete … skip locked, ${BATCH} at once`,
        ours,
        floor,
        ratio: ours.perSecond / floor.perSecond,
        targets: [{ of: 'perSecond', atLeast: 1_000 }],
      },
      { name: 'Queue, an idle worker hears of a job', ours: idle, targets: [{ of: 'p95', atMost: 25 }] },
    ];
  } finally {
    await queue.stop(2_000);
    await db.close();
  }
}

const perJob = (seconds: number, jobs: number) => {
  const each = (seconds * 1000) / jobs;
  return { p50: each, p95: each, p99: each, runs: jobs, perSecond: jobs / seconds };
};

async function drainBare(url: string, jobs: number) {
  const sql = postgres(url, { max: 4, onnotice: () => {} });
  await sql`create table bench_job (id int primary key, data jsonb)`;
  await sql`insert into bench_job select n, '{}' from generate_series(1, ${jobs}::int) n`;
  const take = async () => {
    for (;;) {
      const taken = await sql`
        delete from bench_job where id in (select id from bench_job limit ${BATCH} for update skip locked) returning id`;
      if (taken.length === 0) return;
    }
  };
  const { seconds } = await timeOnce(() => Promise.all([take(), take(), take(), take()]), 0);
  await sql.end();
  return perJob(seconds, jobs);
}
