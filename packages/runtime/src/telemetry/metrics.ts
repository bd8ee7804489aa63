import { log, onSignal, type Signal } from '@repo/telemetry';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answered } from '../http/access-line.ts';
import type { HouseNumbers } from './read-house-numbers.ts';

export type MetricsOptions = {
  app: string;
  /** Work that has a connection of a pool, and work that waits for one. */
  pools(): Record<string, { inUse: number; waiting: number }>;
  /** What only the database knows; asked at most every 15 s. Null: this process does not tell it. */
  house: (() => Promise<HouseNumbers>) | null;
};

export type Metrics = {
  registry: Registry;
  onAnswer(answered: Answered): void;
  close(): void;
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LONG_SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 180, 600];
const HOUSE_KEPT_MS = 15_000;

/** Everything this process counts, under names of closed sets: patterns, kinds and outcomes, never an id. */
export function createMetrics({ app, pools, house }: MetricsOptions): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry, prefix: 'remixify_', eventLoopMonitoringPrecision: 20 });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name: `remixify_${name}`, help, labelNames, registers: [registry] });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets = SECONDS) =>
    new Histogram({ name: `remixify_${name}`, help, labelNames, buckets, registers: [registry] });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge({ name: `remixify_${name}`, help, labelNames, registers: [registry] });

  const requests = counter('requests_total', 'Requests answered', ['method', 'route', 'status']);
  const took = histogram('request_seconds', 'Time to answer a request, event streams left out', ['route']);
  const limited = counter('limited_total', 'Requests told to slow down (429)', ['limit']);
  const procedures = histogram('procedure_seconds', 'Time in a procedure of the API', ['procedure', 'outcome']);
  const jobs = histogram('job_seconds', 'Time a run of a job took', ['job', 'outcome'], LONG_SECONDS);
  const called = ['provider', 'model', 'kind', 'outcome'] as const;
  const calls = histogram('provider_seconds', 'Time of a call to a provider', called, LONG_SECONDS);
  const cost = counter('provider_cost_usd_total', 'What calls to providers cost, in dollars', ['provider', 'model']);
  const made = counter('generations_total', 'Generations that ended', ['feature', 'kind', 'model', 'status']);
  const cache = counter('cache_total', 'Questions to a cache', ['cache', 'result']);
  const streams = gauge('streams_open', 'Event streams open in this process');
  const poolUse = gauge('db_pool', 'Work with a connection (in_use) and work that waits for one', ['pool', 'state']);
  whenRead(poolUse, () => {
    for (const [pool, { inUse, waiting }] of Object.entries(pools())) {
      poolUse.set({ pool, state: 'in_use' }, inUse);
      poolUse.set({ pool, state: 'waiting' }, waiting);
    }
  });
  if (house) tellHouse(gauge, house);

  const count = (what: Signal): void => {
    switch (what.type) {
      case 'job':
        jobs.observe({ job: what.job, outcome: what.outcome }, what.ms / 1000);
        break;
      case 'provider_call': {
        const { provider, model, kind, outcome } = what;
        calls.observe({ provider, model, kind, outcome }, what.ms / 1000);
        if (what.costMicroUsd > 0) cost.inc({ provider, model }, what.costMicroUsd / 1e6);
        break;
      }
      case 'generation':
        made.inc({ feature: what.feature, kind: what.kind, model: what.model, status: what.status });
        break;
      case 'procedure':
        procedures.observe({ procedure: what.procedure, outcome: what.outcome }, what.ms / 1000);
        break;
      case 'cache':
        cache.inc({ cache: what.cache, result: what.hit ? 'hit' : 'miss' });
        break;
      case 'limited':
        limited.inc({ limit: what.limit });
        break;
      case 'stream':
        streams.inc(what.change);
        break;
      default:
        what satisfies never;
    }
  };
  const stop = onSignal(count);
  return {
    registry,
    onAnswer({ method, route, status, ms, isStream }) {
      requests.inc({ method, route, status: String(status) });
      if (!isStream) took.observe({ route }, ms / 1000);
      if (status === 429) limited.inc({ limit: 'answered' });
    },
    close: () => {
      stop();
      registry.clear();
    },
  };
}

type MakeGauge = <L extends string>(name: string, help: string, labelNames?: readonly L[]) => Gauge<L>;

function tellHouse(gauge: MakeGauge, read: () => Promise<HouseNumbers>): void {
  const depth = gauge('queue_jobs', 'Jobs in the queue', ['job', 'state']);
  const age = gauge('queue_age_seconds', 'Age of the oldest job that is due and waits', ['job']);
  const open = gauge('generations_open', 'Generations that wait or run', ['provider', 'status']);
  const active = gauge('active_users', 'People and guests who did or opened something', ['within']);
  const stored = gauge('stored_bytes', 'Bytes of all stored files');
  const uneven = gauge('ledger_imbalance', 'Sum of all entries of the books, by unit; always 0', ['unit']);
  const bringAll = async (): Promise<void> => {
    // A database that is away leaves what was known last.
    const numbers = await read().catch((error: unknown) => void log.debug('numbers of the house', { error }));
    if (!numbers) return;
    for (const one of [depth, age, open, uneven]) one.reset();
    for (const { job, waiting, running, ageSeconds } of numbers.queues) {
      depth.set({ job, state: 'waiting' }, waiting);
      depth.set({ job, state: 'running' }, running);
      age.set({ job }, ageSeconds);
    }
    for (const { provider, status, count } of numbers.open) open.set({ provider, status }, count);
    for (const { unit, sum } of numbers.ledger) uneven.set({ unit }, sum);
    active.set({ within: '5m' }, numbers.activeNow);
    active.set({ within: '1d' }, numbers.activeToday);
    stored.set(numbers.storedBytes);
  };
  let last: { at: number; done: Promise<void> } | null = null;
  // All of them wait for one reading, which stands for a while.
  const fill = () => {
    if (!last || performance.now() - last.at > HOUSE_KEPT_MS) last = { at: performance.now(), done: bringAll() };
    return last.done;
  };
  for (const one of [depth, age, open, active, stored, uneven]) whenRead(one, fill);
}

/** Brings a gauge up to date whenever somebody reads it. */
const whenRead = (gauge: Gauge, bring: () => void | Promise<void>) => Object.assign(gauge, { collect: bring });
