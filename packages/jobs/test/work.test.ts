import { transactAs } from '@repo/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleJob, type JobDefinition, type JobRun, type Queue } from '../src/index.server.ts';
import { aBench, aGate, aJob, type Bench, system } from './a-queue.ts';

const catalog = {
  waited: aJob('test.waited'),
  many: aJob('test.many', { concurrency: 2 }),
  polled: aJob('test.polled', { isInteractive: false }),
  failing: aJob('test.failing'),
  hopeless: aJob('test.hopeless', { retries: 0 }),
  slow: aJob('test.slow'),
  endless: aJob('test.endless'),
  ranked: aJob('test.ranked'),
  stale: aJob('test.stale', { retries: 0 }),
  counted: aJob('test.counted'),
  timed: aJob('test.timed', { cron: '0 3 * * *' }),
};

let bench: Bench;
beforeAll(async () => {
  bench = await aBench(Object.values(catalog));
});
afterAll(() => bench.close());

/** One transaction each, so that the first is the oldest. */
const ask = async (queue: Queue, job: JobDefinition<{ n: number }>, ...numbers: number[]) => {
  for (const n of numbers) await transactAs(bench.db, system, (tx) => queue.enqueue(tx, job, { n }));
};

type Run = (n: number, run: JobRun) => Promise<void> | void;
const handle = (job: JobDefinition<{ n: number }>, run: Run) =>
  handleJob<null, { n: number }>(job, async (_context, { n }, details) => run(n, details));

test('a job that a person waits for is done once its transaction commits, with its payload', async () => {
  const done = Promise.withResolvers<{ n: number; attempt: number }>();
  const worker = bench.aQueue({ worker: true });
  await worker.work([handle(catalog.waited, (n, { attempt }) => done.resolve({ n, attempt }))], null);
  await ask(bench.aQueue(), catalog.waited, 7);
  expect(await done.promise).toEqual({ n: 7, attempt: 1 });
});

// By polls alone this would outlast the test's own time limit.
test.each(['many', 'polled'] as const)('a full queue (%s) drains without pauses, each job once', async (which) => {
  const numbers = Array.from({ length: 60 }, (_, n) => n);
  await ask(bench.aQueue(), catalog[which], ...numbers);
  const seen: number[] = [];
  const all = aGate();
  const worker = bench.aQueue({ worker: true });
  const note: Run = (n) => {
    seen.push(n);
    if (seen.length === numbers.length) all.open();
  };
  await worker.work([handle(catalog[which], note)], null);
  await all.opened;
  await worker.stop();
  expect(seen.toSorted((a, b) => a - b)).toEqual(numbers);
});

test('a job that threw is tried again, and knows which try it is', async () => {
  const attempts: number[] = [];
  const succeeded = aGate();
  const worker = bench.aQueue({ worker: true });
  const failFirst: Run = (_n, { attempt }) => {
    attempts.push(attempt);
    if (attempt === 1) throw new Error('the first try fails');
    succeeded.open();
  };
  await worker.work([handle(catalog.failing, failFirst)], null);
  await ask(worker, catalog.failing, 1);
  await succeeded.opened;
  await worker.stop();
  expect(attempts).toEqual([1, 2]);
  expect(await bench.jobsOf('test.failing')).toMatchObject([{ state: 'completed' }]);
});

test('a job whose tries are used up is buried, and the worker goes on with the next', async () => {
  const worker = bench.aQueue({ worker: true });
  const next = aGate();
  const failOne: Run = (n) => {
    if (n === 1) throw new Error('hopeless');
    next.open();
  };
  await ask(worker, catalog.hopeless, 1, 2);
  await worker.work([handle(catalog.hopeless, failOne)], null);
  await next.opened;
  await worker.stop();
  expect(await bench.jobsOf('test.hopeless')).toMatchObject([
    { data: { n: 1 }, state: 'failed' },
    { data: { n: 2 }, state: 'completed' },
  ]);
});

test('a worker that is asked to stop ends what it is at first, and begins nothing new', async () => {
  const log: string[] = [];
  const [begun, finish] = [aGate(), aGate()];
  const worker = bench.aQueue({ worker: true });
  const work: Run = async (n) => {
    log.push(`begun ${n}`);
    begun.open();
    await finish.opened;
    await bench.db.execute('select pg_sleep(0.2)');
    log.push(`done ${n}`);
  };
  await ask(worker, catalog.slow, 1, 2);
  await worker.work([handle(catalog.slow, work)], null);
  await begun.opened;
  const stopped = worker.stop(10_000).then(() => log.push('stopped'));
  finish.open();
  await stopped;
  expect(log).toEqual(['begun 1', 'done 1', 'stopped']);
  expect(await bench.jobsOf('test.slow')).toMatchObject([{ state: 'completed' }, { state: 'created' }]);
});

test('a job that outlasts the stop is told so, given back, and done by another worker', async () => {
  const [begun, told, takenOver] = [aGate(), aGate(), Promise.withResolvers<number>()];
  const first = bench.aQueue({ worker: true });
  const never: Run = (_n, { signal }) => {
    signal.addEventListener('abort', () => told.open());
    begun.open();
    return new Promise<void>(() => {});
  };
  await first.work([handle(catalog.endless, never)], null);
  await ask(first, catalog.endless, 1);
  await begun.opened;
  await first.stop(500);
  await told.opened;

  const second = bench.aQueue({ worker: true });
  await second.work([handle(catalog.endless, (_n, { attempt }) => takenOver.resolve(attempt))], null);
  expect(await takenOver.promise).toBe(2);
});

test('what matters more is done first', async () => {
  const asker = bench.aQueue();
  await transactAs(bench.db, system, async (tx) => {
    await asker.enqueue(tx, catalog.ranked, { n: 1 });
    await asker.enqueue(tx, catalog.ranked, { n: 2 }, { priority: 10 });
  });
  const order: number[] = [];
  const both = aGate();
  const worker = bench.aQueue({ worker: true });
  await worker.work([handle(catalog.ranked, (n) => void (order.push(n) === 2 && both.open()))], null);
  await both.opened;
  expect(order).toEqual([2, 1]);
});

test('a payload that an older process left behind, and that fits no more, never reaches the work', async () => {
  const asker = bench.aQueue();
  await ask(asker, catalog.stale, 1, 2);
  await bench.db.execute(`update pgboss.job set data = '{"n":"old"}' where name = 'test.stale' and data->>'n' = '1'`);
  const seen: number[] = [];
  const next = aGate();
  const worker = bench.aQueue({ worker: true });
  const note: Run = (n) => {
    seen.push(n);
    next.open();
  };
  await worker.work([handle(catalog.stale, note)], null);
  await next.opened;
  await worker.stop();
  expect(seen).toEqual([2]);
  expect((await bench.jobsOf('test.stale')).map(({ state }) => state).sort()).toEqual(['completed', 'failed']);
});

test('a job with times of its own is put on the calendar, in UTC', async () => {
  const worker = bench.aQueue({ worker: true });
  await worker.work([handle(catalog.timed, () => {})], null);
  const rows = await bench.db.execute<{ name: string; cron: string; timezone: string }>(
    'select name, cron, timezone from pgboss.schedule',
  );
  expect([...rows]).toEqual([{ name: 'test.timed', cron: '0 3 * * *', timezone: 'UTC' }]);
});

test('how many wait is known to every process, counted every few seconds by one that works', async () => {
  const asker = bench.aQueue();
  await ask(asker, catalog.counted, 1, 2, 3);
  await bench.aQueue({ worker: true }).start();
  await expect
    .poll(async () => (await asker.depth())['test.counted'], { timeout: 15_000 })
    .toEqual({ waiting: 3, active: 0 });
});
