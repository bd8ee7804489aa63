import type { ProviderFailure } from '@repo/ai';
import { modelHealth, type Tx, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import { learn } from './breaker-memory.ts';
import {
  forget,
  type HealthKey,
  type HealthTools,
  healthActor,
  isClean,
  isKey,
  isKnownClean,
  readRow,
  remember,
} from './health-row.ts';
import { noteRun } from './note-run.ts';

/** `latencyMs` is for whoever watches: how fast a model is is measured from the rows of its calls. */
export type Outcome = { latencyMs: number; isProbe?: boolean } & (
  | { ok: true }
  | { ok: false; reason: ProviderFailure | 'internal' }
);

/** A refusal, a mistake in the request and an empty answer are the vendor at work; a mistake of ours says nothing. */
const SAYS = {
  unavailable: 'failure',
  rate_limited: 'failure',
  timed_out: 'failure',
  misconfigured: 'failure',
  refused: 'success',
  invalid: 'success',
  empty: 'success',
  internal: 'nothing',
} satisfies Record<ProviderFailure | 'internal', 'failure' | 'success' | 'nothing'>;

/**
 * Tells how a call ended. Never throws: what is known of a vendor's health is not worth the result it just gave.
 * What a caller cancelled is no outcome: see `releaseProbe`.
 */
export async function recordOutcome(tools: HealthTools, key: HealthKey, outcome: Outcome): Promise<void> {
  try {
    await takeIn(tools, key, outcome);
    noteRun(tools);
  } catch {
    // The breaker hears of the next outcome.
  }
}

/**
 * Gives a probe back that never came to an end: the next caller gets it. Does nothing for a call that was none.
 * Never throws: a probe that cannot be given back frees itself within a minute.
 */
export async function releaseProbe(tools: HealthTools, key: HealthKey, isProbe: boolean): Promise<void> {
  if (!isProbe) return;
  const now = tools.now();
  await transactAs(tools.db, healthActor, (tx) =>
    tx
      .update(modelHealth)
      .set({ state: 'open', probeUntil: now, updatedAt: now })
      .where(and(isKey(key), eq(modelHealth.state, 'half_open'))),
  ).catch(() => {});
}

async function takeIn(tools: HealthTools, key: HealthKey, outcome: Outcome): Promise<void> {
  const says = outcome.ok ? 'success' : SAYS[outcome.reason];
  const isProbe = outcome.isProbe ?? false;
  if (says === 'nothing') return releaseProbe(tools, key, isProbe);
  // No row that every finished call would wait for: success is only written where there was trouble.
  if (says === 'success' && isKnownClean(tools, key)) return;
  if (says === 'failure') forget(tools, key);
  await transactAs(tools.db, healthActor, async (tx) => {
    if (says === 'success') {
      const row = await readRow(tx, key);
      if (isClean(row)) return remember(tools, key);
    }
    await change(tx, tools, key, { ok: says === 'success', isProbe, reason: outcome.ok ? null : outcome.reason });
  });
}

type Change = { ok: boolean; isProbe: boolean; reason: string | null };

async function change(tx: Tx, tools: HealthTools, key: HealthKey, { ok, isProbe, reason }: Change): Promise<void> {
  const now = tools.now();
  const [row] = await tx
    .insert(modelHealth)
    .values({ provider: key.provider, model: key.model, operation: key.kind, since: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [modelHealth.provider, modelHealth.model, modelHealth.operation],
      set: { updatedAt: now },
    })
    .returning();
  const wasOpen = row!.state !== 'closed';
  if (wasOpen && !isProbe) return;
  const { memory, retryAt, failures } = await learn(row!.breaker, { ok, isProbe }, now);
  const isOpen = retryAt !== null;
  await tx
    .update(modelHealth)
    .set({
      state: isOpen ? 'open' : 'closed',
      since: isOpen === wasOpen ? row!.since : now,
      breaker: memory,
      failures,
      probeUntil: retryAt,
      ...(ok ? { lastReason: null } : { lastReason: reason, lastFailedAt: now }),
    })
    .where(isKey(key));
}
