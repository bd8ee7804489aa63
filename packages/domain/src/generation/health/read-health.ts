import { modelHealth, type Tx } from '@repo/db';
import type { CatalogueEntry } from '../catalogue.ts';
import type { GenerationKind } from '../rules.ts';

/** How a model does at a kind of work. Times in milliseconds. */
export type Health = {
  state: 'healthy' | 'slow' | 'down';
  /** Since when; null when nothing ever happened. */
  since: Date | null;
  /** When the next call is let through; null unless down, and while somebody tries it. */
  retryAt: Date | null;
  /** Down, but whoever comes now may try it again. */
  isDue: boolean;
  p50Ms: number | null;
  p95Ms: number | null;
  recentMs: number | null;
  usualMs: number | null;
};

export type HealthOf = (entry: CatalogueEntry, kind: GenerationKind) => Health;

const UNKNOWN: Health = {
  state: 'healthy',
  since: null,
  retryAt: null,
  isDue: false,
  p50Ms: null,
  p95Ms: null,
  recentMs: null,
  usualMs: null,
};

/** How all models do, in one read; anybody may ask. */
export async function readHealth(tx: Tx, now: Date): Promise<HealthOf> {
  const rows = await tx.select().from(modelHealth);
  const known = new Map(rows.map((row) => [`${row.provider} ${row.model} ${row.operation}`, healthOf(row, now)]));
  return ({ provider, id }, kind) => known.get(`${provider} ${id} ${kind}`) ?? UNKNOWN;
}

function healthOf(row: typeof modelHealth.$inferSelect, now: Date): Health {
  const { p50Ms, p95Ms, recentMs, usualMs, probeUntil, slowSince } = row;
  const measured = { p50Ms, p95Ms, recentMs, usualMs };
  if (row.state === 'closed') {
    const since = slowSince ?? row.since;
    return { state: slowSince ? 'slow' : 'healthy', since, retryAt: null, isDue: false, ...measured };
  }
  const isDue = !probeUntil || probeUntil <= now;
  const retryAt = row.state === 'open' ? (probeUntil ?? now) : isDue ? now : null;
  return { state: 'down', since: row.since, retryAt, isDue, ...measured };
}
