import { modelHealth, type Tx, transactAs } from '@repo/db';
import { and, isNull, lte, ne, or } from 'drizzle-orm';
import {
  type HealthKey,
  type HealthTools,
  healthActor,
  isClean,
  isKey,
  isKnownClean,
  type Row,
  readRow,
  remember,
} from './health-row.ts';

export type Admission =
  | { admitted: true; isProbe: boolean }
  /** `retryAt` is when the next call is let through; `reason` why the last one failed. */
  | { admitted: false; since: Date; retryAt: Date; reason: string | null };

/** Whoever probes and dies holds the others back no longer than this. */
const PROBE_MS = 60_000;

/**
 * Asks, before a model is called, whether it may be. While it is down one caller at a time gets through, as a probe:
 * that one must end with `recordOutcome({ isProbe: true })` or `releaseProbe`.
 */
export async function admitCall(tools: HealthTools, key: HealthKey): Promise<Admission> {
  if (isKnownClean(tools, key)) return { admitted: true, isProbe: false };
  return transactAs(tools.db, healthActor, async (tx) => {
    const row = await readRow(tx, key);
    if (!row || row.state === 'closed') return letThrough(tools, key, row);
    if (row.probeUntil && row.probeUntil > tools.now()) return refuse(row, row.probeUntil);
    if (await takeProbe(tx, tools, key)) return { admitted: true, isProbe: true };
    const current = await readRow(tx, key);
    if (!current || current.state === 'closed') return letThrough(tools, key, current);
    return refuse(current, current.probeUntil ?? tools.now());
  });
}

/** One update decides between all processes: whoever it gives the row to is the probe. */
async function takeProbe(tx: Tx, tools: HealthTools, key: HealthKey): Promise<boolean> {
  const now = tools.now();
  const taken = await tx
    .update(modelHealth)
    .set({ state: 'half_open', probeUntil: new Date(now.getTime() + PROBE_MS), updatedAt: now })
    .where(
      and(
        isKey(key),
        ne(modelHealth.state, 'closed'),
        or(isNull(modelHealth.probeUntil), lte(modelHealth.probeUntil, now)),
      ),
    )
    .returning({ model: modelHealth.model });
  return taken.length > 0;
}

function letThrough(tools: HealthTools, key: HealthKey, row: Row | undefined): Admission {
  if (isClean(row)) remember(tools, key);
  return { admitted: true, isProbe: false };
}

const refuse = ({ since, lastReason }: Row, retryAt: Date): Admission => ({
  admitted: false,
  since,
  retryAt,
  reason: lastReason,
});
