import type { ProviderFailure } from '@repo/ai';
import { type Db, modelHealth, type Tx, transactAs } from '@repo/db';
import { and, eq, isNull, lte, ne, or } from 'drizzle-orm';
import type { SystemActor, Tools } from '../../context.ts';
import type { GenerationKind } from '../rules.ts';
import { learn } from './breaker-memory.ts';
import { noteRun } from './note-run.ts';

/** What a breaker stands for: one kind of work of one model. `model` is an id of the catalogue. */
export type HealthKey = { provider: string; model: string; kind: GenerationKind };
export type HealthTools = Pick<Tools, 'db' | 'now' | 'models'>;

export type Admission =
  | { admitted: true; isProbe: boolean }
  /** `retryAt` is when the next call is let through; `reason` why the last one failed. */
  | { admitted: false; since: Date; retryAt: Date; reason: string | null };

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

/** Whoever probes and dies holds the others back no longer than this. */
const PROBE_MS = 60_000;
/** How long a process believes that a model without a single failure still has none. */
const CLEAN_MS = 1_000;

const actor: SystemActor = { kind: 'system', job: 'generation.health' };

/**
 * Asks, before a model is called, whether it may be. While it is down one caller at a time gets through, as a probe:
 * that one must end with `recordOutcome({ isProbe: true })` or `releaseProbe`.
 */
export async function admitCall(tools: HealthTools, key: HealthKey): Promise<Admission> {
  if (isKnownClean(tools, key)) return { admitted: true, isProbe: false };
  return transactAs(tools.db, actor, async (tx) => {
    const row = await readRow(tx, key);
    if (!row || row.state === 'closed') return letThrough(tools, key, row);
    if (row.probeUntil && row.probeUntil > tools.now()) return refuse(row, row.probeUntil);
    if (await takeProbe(tx, tools, key)) return { admitted: true, isProbe: true };
    const current = await readRow(tx, key);
    if (!current || current.state === 'closed') return letThrough(tools, key, current);
    return refuse(current, current.probeUntil ?? tools.now());
  });
}

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

/** Gives a probe back that never came to an end: the next caller gets it. */
export async function releaseProbe(tools: HealthTools, key: HealthKey): Promise<void> {
  await transactAs(tools.db, actor, (tx) =>
    tx
      .update(modelHealth)
      .set({ state: 'open', probeUntil: tools.now(), updatedAt: tools.now() })
      .where(and(isKey(key), eq(modelHealth.state, 'half_open'))),
  );
}

async function takeIn(tools: HealthTools, key: HealthKey, outcome: Outcome): Promise<void> {
  const says = outcome.ok ? 'success' : SAYS[outcome.reason];
  const isProbe = outcome.isProbe ?? false;
  if (says === 'nothing') return isProbe ? releaseProbe(tools, key) : undefined;
  // No row that every finished call would wait for: success is only written where there was trouble.
  if (says === 'success' && isKnownClean(tools, key)) return;
  if (says === 'failure') forget(tools, key);
  await transactAs(tools.db, actor, async (tx) => {
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
  // While one probe is out, a success can hardly be anybody else's.
  const decides = isProbe || (ok && row!.state === 'half_open');
  if (wasOpen && !decides) return;
  const { memory, retryAt, failures } = await learn(row!.breaker, { ok, isProbe: decides }, now);
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

type Row = Pick<typeof modelHealth.$inferSelect, 'state' | 'since' | 'failures' | 'probeUntil' | 'lastReason'>;

async function readRow(tx: Tx, key: HealthKey): Promise<Row | undefined> {
  const { state, since, failures, probeUntil, lastReason } = modelHealth;
  const [row] = await tx.select({ state, since, failures, probeUntil, lastReason }).from(modelHealth).where(isKey(key));
  return row;
}

const isKey = ({ provider, model, kind }: HealthKey) =>
  and(eq(modelHealth.provider, provider), eq(modelHealth.model, model), eq(modelHealth.operation, kind));

const isClean = (row: Row | undefined): boolean => !row || (row.state === 'closed' && row.failures === 0);

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

/** Until when this process takes a model for clean without looking. The first failure anywhere ends that. */
const cleanUntil = new WeakMap<Db, Map<string, number>>();

const nameOf = ({ provider, model, kind }: HealthKey): string => `${provider} ${model} ${kind}`;

function isKnownClean(tools: HealthTools, key: HealthKey): boolean {
  const until = cleanUntil.get(tools.db)?.get(nameOf(key));
  return until !== undefined && until > tools.now().getTime();
}

function remember(tools: HealthTools, key: HealthKey): void {
  const known = cleanUntil.get(tools.db) ?? new Map<string, number>();
  cleanUntil.set(tools.db, known.set(nameOf(key), tools.now().getTime() + CLEAN_MS));
}

const forget = (tools: HealthTools, key: HealthKey): void => {
  cleanUntil.get(tools.db)?.delete(nameOf(key));
};
