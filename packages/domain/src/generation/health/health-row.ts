import { type Db, modelHealth, type Tx } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { SystemActor, Tools } from '../../context.ts';
import type { GenerationKind } from '../rules.ts';

/** What a breaker stands for: one kind of work of one model. `model` is an id of the catalogue. */
export type HealthKey = { provider: string; model: string; kind: GenerationKind };
export type HealthTools = Pick<Tools, 'db' | 'now' | 'models'>;

/** How long a process believes that a model without a single failure still has none. */
const CLEAN_MS = 1_000;

export const healthActor: SystemActor = { kind: 'system', job: 'generation.health' };

export type Row = Pick<typeof modelHealth.$inferSelect, 'state' | 'since' | 'failures' | 'probeUntil' | 'lastReason'>;

export async function readRow(tx: Tx, key: HealthKey): Promise<Row | undefined> {
  const { state, since, failures, probeUntil, lastReason } = modelHealth;
  const [row] = await tx.select({ state, since, failures, probeUntil, lastReason }).from(modelHealth).where(isKey(key));
  return row;
}

export const isKey = ({ provider, model, kind }: HealthKey) =>
  and(eq(modelHealth.provider, provider), eq(modelHealth.model, model), eq(modelHealth.operation, kind));

export const isClean = (row: Row | undefined): boolean => !row || (row.state === 'closed' && row.failures === 0);

/** Until when this process takes a model for clean without looking. The first failure anywhere ends that. */
const cleanUntil = new WeakMap<Db, Map<string, number>>();

const nameOf = ({ provider, model, kind }: HealthKey): string => `${provider} ${model} ${kind}`;

export function isKnownClean(tools: HealthTools, key: HealthKey): boolean {
  const until = cleanUntil.get(tools.db)?.get(nameOf(key));
  return until !== undefined && until > tools.now().getTime();
}

export function remember(tools: HealthTools, key: HealthKey): void {
  const known = cleanUntil.get(tools.db) ?? new Map<string, number>();
  cleanUntil.set(tools.db, known.set(nameOf(key), tools.now().getTime() + CLEAN_MS));
}

export const forget = (tools: HealthTools, key: HealthKey): void => {
  cleanUntil.get(tools.db)?.delete(nameOf(key));
};
