/** How many finished runs a model is measured by. */
export const RUNS = 50;
/** How many of them say how it does now. */
export const LATEST = 5;
/** Older runs say nothing about now; those before are what it is compared with. */
export const RECENT_MINUTES = 15;

const SLOW_TIMES = 2;
/** Nobody notices less than this. */
const SLOW_AT_LEAST_MS = 1_000;
/** With fewer runs than this, one that went badly would decide. */
const ENOUGH_RECENT = 3;
const ENOUGH_EARLIER = 5;

type Run = { ms: number; startedAt: number };

/** All in milliseconds. `recentMs` is what it takes now, `usualMs` what that is compared with. */
export type Pace = {
  p50Ms: number | null;
  p95Ms: number | null;
  samples: number;
  recentMs: number | null;
  usualMs: number;
  isSlow: boolean;
};

/**
 * How fast a model is. `latest` are its last runs, newest first, `earlier` those that ended before the last quarter of
 * an hour, `recent` the newest that ended within it, `running` those under way with their age.
 */
export function judgePace(runs: {
  typicalMs: number;
  latest: number[];
  earlier: number[];
  recent: Run[];
  running: Run[];
}): Pace {
  // A busy model has many runs within minutes: only older ones can tell that all of them are slow.
  const before = runs.earlier.length >= ENOUGH_EARLIER ? runs.earlier : runs.latest.slice(LATEST);
  const usualMs = before.length >= ENOUGH_EARLIER ? percentile(before, 0.5)! : runs.typicalMs;
  const limitMs = Math.max(usualMs * SLOW_TIMES, usualMs + SLOW_AT_LEAST_MS);
  // What is under way counts as soon as it takes too long already: it may never end.
  const late = runs.running.filter(({ ms }) => ms > limitMs);
  const now = [...runs.recent, ...late]
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, LATEST)
    .map(({ ms }) => ms);
  const recentMs = now.length >= ENOUGH_RECENT ? percentile(now, 0.5) : null;
  return {
    p50Ms: percentile(runs.latest, 0.5),
    p95Ms: percentile(runs.latest, 0.95),
    samples: runs.latest.length,
    recentMs,
    usualMs: Math.round(usualMs),
    isSlow: recentMs !== null && recentMs > limitMs,
  };
}

/** The value that `share` of all lie at or below, rounded; null of none. */
function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return value === undefined ? null : Math.round(value);
}
