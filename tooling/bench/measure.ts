import { cpuSecondsOf } from './process-costs.ts';

/** Times of many runs, in milliseconds, and how many were done a second. */
export type Timing = {
  p50: number;
  p95: number;
  p99: number;
  runs: number;
  perSecond: number;
  /** Milliseconds of CPU that the server took for each; absent where nobody can tell. */
  cpuMs?: number;
};

/** One thing measured beside its floor: `ratio` is how many of ours are done while one of the floor is. */
export type Comparison = { ours: Timing; floor: Timing; ratio: number };

/** Does the thing once. `run` counts from 0. */
export type Once = (run: number) => Promise<unknown>;

export type Samples = { times: number[]; seconds: number; cpuSeconds?: number | null };

export type Load = {
  connections: number;
  seconds: number;
  turns?: number;
  /** The processes that answer. */
  pids?: { ours: number; floor: number };
};

/**
 * Both under the same load, in turns, so that whatever else the machine does meanwhile slows both alike.
 * `seconds` is for each of the two, in all.
 */
export async function compareUnderLoad(
  ours: Once,
  floor: Once,
  { connections, seconds, turns = seconds < 1 ? 1 : 3, pids }: Load,
): Promise<Comparison> {
  // So short it is no measurement, and nothing needs to be warm for it.
  if (seconds >= 1) {
    // A program is compiled while it is used; what it costs from then on is what is asked.
    const warmUp = Math.min(3, seconds * 0.75);
    await loadFor(floor, connections, warmUp / 2);
    await loadFor(ours, connections, warmUp);
  }
  const taken: Record<'ours' | 'floor', Samples[]> = { ours: [], floor: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    taken.floor.push(await loadFor(floor, connections, seconds / turns, pids?.floor));
    taken.ours.push(await loadFor(ours, connections, seconds / turns, pids?.ours));
  }
  return comparisonOf(taken.ours, taken.floor);
}

/** Both one after the other, as often as `runs` says, for work that a machine does one at a time. */
export async function compareOneByOne(ours: Once, floor: Once, runs: number): Promise<Comparison> {
  const taken: Record<'ours' | 'floor', Samples[]> = { ours: [], floor: [] };
  // What is done once only is no measurement that needs to be warm.
  if (runs > 1) {
    await floor(0);
    await ours(0);
  }
  for (let run = 1; run <= runs; run += 1) {
    taken.floor.push(await timeOnce(floor, run));
    taken.ours.push(await timeOnce(ours, run));
  }
  return comparisonOf(taken.ours, taken.floor);
}

export async function timeOnce(once: Once, run: number): Promise<Samples> {
  const start = performance.now();
  await once(run);
  const time = performance.now() - start;
  return { times: [time], seconds: time / 1000 };
}

/** Keeps `connections` askers busy; each asks anew the moment it was answered. */
export async function loadFor(once: Once, connections: number, seconds: number, pid?: number): Promise<Samples> {
  const times: number[] = [];
  const cpuBefore = pid === undefined ? null : cpuSecondsOf(pid);
  const start = performance.now();
  const until = start + seconds * 1000;
  let runs = 0;
  const askOnAndOn = async () => {
    for (let now = performance.now(); now < until; ) {
      await once(runs++);
      const answered = performance.now();
      times.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: connections }, askOnAndOn));
  const cpuAfter = pid === undefined ? null : cpuSecondsOf(pid);
  return {
    times,
    seconds: (performance.now() - start) / 1000,
    cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
  };
}

function comparisonOf(ours: Samples[], floor: Samples[]): Comparison {
  const [a, b] = [timingOf(ours), timingOf(floor)];
  return { ours: a, floor: b, ratio: a.perSecond / b.perSecond };
}

export function timingOf(samples: Samples[]): Timing {
  const times = samples.flatMap((sample) => sample.times).toSorted((a, b) => a - b);
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
  const cpu = samples.every(({ cpuSeconds }) => cpuSeconds != null)
    ? samples.reduce((sum, { cpuSeconds }) => sum + cpuSeconds!, 0)
    : null;
  return {
    p50: at(times, 0.5),
    p95: at(times, 0.95),
    p99: at(times, 0.99),
    runs: times.length,
    perSecond: times.length / seconds,
    ...(cpu === null ? {} : { cpuMs: (cpu * 1000) / times.length }),
  };
}

/** The time that this share of the runs stayed below. */
const at = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
