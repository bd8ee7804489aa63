import type { Tx } from '@repo/db';
import { DomainError } from '../errors.ts';
import { type CatalogueEntry, canDo, entryOf, type ModelShelf } from './catalogue.ts';
import { inviteProbe } from './health/invite-probe.ts';
import { type HealthOf, readHealth } from './health/read-health.ts';
import { sayDuration, sayTime, sayTrouble } from './health/say-health.ts';
import { quote } from './price.ts';
import { type Candidate, type Ranked, rankModels } from './rank-models.ts';
import type { RequestGenerationInput } from './request-schema.ts';
import { isRetired } from './retirement.ts';
import { canMeet, mustFit, mustMeet, noneCan } from './unmet-wishes.ts';

/** `choice` says why, in a sentence for the receipt. */
export type Choice = { entry: CatalogueEntry; choice: string };

/**
 * The model that shall do a request. One that was named must be able to do it, and is taken even while it is down;
 * for `auto` the best that can. Throws `invalid` with what was wished and cannot be had.
 */
export async function chooseModel(
  tx: Tx,
  shelf: ModelShelf,
  request: RequestGenerationInput,
  now: Date,
): Promise<Choice> {
  if (request.model !== 'auto') return { entry: named(shelf, request), choice: 'You chose it.' };
  const offered = offeredFor(shelf, request);
  const healthOf = await readHealth(tx, now);
  const candidates = toCandidates(shelf, request, offered, { healthOf, now });

  const revived = candidates.map((one) => (one.health.isDue ? { ...one, health: asIfHealthy(one.health) } : one));
  const wanted = rankModels(revived).best;
  const before = candidates.find(({ entry }) => entry === wanted.entry)!;
  const hasOthers = candidates.some(({ health }) => health.state !== 'down');
  if (before.health.isDue && hasOthers) {
    const { provider, id: model } = wanted.entry;
    if (await inviteProbe(tx, { provider, model, kind: request.kind }, now)) {
      return { entry: wanted.entry, choice: `${wanted.entry.label}: tried again, it ${wasDown(before, now)}.` };
    }
  }
  const best = rankModels(candidates).best;
  return { entry: best.entry, choice: explainChoice(best, candidates, now) };
}

/**
 * Where `auto` goes on when the models it tried failed without taking anything; null where there is no other. Never
 * to one that is down, that costs more than is held, or that is a stand-in nobody named in the order.
 */
export async function nextInChain(
  tx: Tx,
  shelf: ModelShelf,
  request: RequestGenerationInput,
  {
    tried,
    heldCredits,
    allowPaid = true,
    now,
  }: { tried: readonly string[]; heldCredits: number; allowPaid?: boolean; now: Date },
): Promise<Choice | null> {
  if (request.model !== 'auto') return null;
  const healthOf = await readHealth(tx, now);
  const order = shelf.order[request.kind] ?? [];
  const left = shelf.entries.filter(
    (entry) =>
      entry.isEnabled &&
      canMeet(entry, request) &&
      !tried.includes(entry.id) &&
      (!entry.isStandIn || placeIn(order, entry) !== null) &&
      (allowPaid || !entry.isPaid) &&
      healthOf(entry, request.kind).state !== 'down' &&
      quote(entry, request) <= heldCredits,
  );
  if (left.length === 0) return null;
  const { entry } = rankModels(toCandidates(shelf, request, left, { healthOf, now })).best;
  const last = entryOf(shelf, tried.at(-1) ?? '');
  const health = last && healthOf(last, request.kind);
  const trouble = health?.state === 'down' ? sayTrouble(health, now) : 'failed before it took anything';
  return { entry, choice: `${entry.label}, because ${last?.label ?? 'the first choice'} ${trouble}.` };
}

function named(shelf: ModelShelf, request: RequestGenerationInput): CatalogueEntry {
  const entry = entryOf(shelf, request.model);
  if (!entry?.isEnabled) throw new DomainError('invalid', `There is no model "${request.model}".`);
  mustMeet(entry, request);
  return entry;
}

/** What `auto` may take. Stand-ins replace no real model: they are offered where there is none, or the order says so. */
function offeredFor(shelf: ModelShelf, request: RequestGenerationInput): CatalogueEntry[] {
  mustFit(request);
  const ofKind = shelf.entries.filter((entry) => entry.isEnabled && canDo(entry, request.kind));
  const order = shelf.order[request.kind] ?? [];
  const hasReal = ofKind.some(({ isStandIn }) => !isStandIn);
  const offered = ofKind.filter((entry) => !entry.isStandIn || !hasReal || placeIn(order, entry) !== null);
  const able = offered.filter((entry) => canMeet(entry, request));
  if (able.length > 0) return able;
  throw noneCan(
    offered,
    request,
    ofKind.find((entry) => !offered.includes(entry) && canMeet(entry, request)),
  );
}

/** The order names providers, ids, or ids without their provider. */
export function placeIn(order: readonly string[], { id, provider }: CatalogueEntry): number | null {
  const place = order.findIndex((name) => name === id || name === provider || `${provider}/${name}` === id);
  return place === -1 ? null : place;
}

function toCandidates(
  shelf: ModelShelf,
  request: RequestGenerationInput,
  entries: readonly CatalogueEntry[],
  { healthOf, now }: { healthOf: HealthOf; now: Date },
): Candidate[] {
  const order = shelf.order[request.kind] ?? [];
  return entries.map((entry) => {
    const health = healthOf(entry, request.kind);
    return {
      entry,
      health,
      isRetired: isRetired(entry, now),
      place: placeIn(order, entry),
      index: shelf.entries.indexOf(entry),
      price: quote(entry, request),
      ms: health.p50Ms ?? entry.typicalSeconds * 1000,
    };
  });
}

const asIfHealthy = (health: Candidate['health']): Candidate['health'] => ({
  ...health,
  state: 'healthy',
  isDue: false,
});

const wasDown = ({ health }: Candidate, now: Date): string =>
  health.since ? `was down since ${sayTime(health.since, now)}` : 'was down';

/** Why `auto` takes this one of these, in a sentence. */
export function explainChoice(best: Candidate, candidates: readonly Candidate[], now: Date): string {
  const { label } = best.entry;
  const alone = candidates.length === 1;
  const trouble = troubleOf(best, now);
  if (best.health.state === 'down') {
    return `${label}, although it ${trouble}: no other model here ${alone ? 'can do this' : 'is better off'}.`;
  }
  if (candidates.every(({ entry }) => entry.isStandIn)) return `${label}: no other model is set up here.`;
  if (alone) return `${label}: the only model here that can do this.`;
  const ideal = rankModels(candidates, false);
  const inTheWay = ideal.best === best ? null : troubleOf(ideal.best, now);
  if (inTheWay) return `${label}, because ${ideal.best.entry.label} ${inTheWay}.`;
  return `${label}: ${trouble ? 'no worse than the others now' : 'healthy'}${sayEdge(ideal.best === best ? ideal : rankModels(candidates))}.`;
}

function sayEdge({ best, runnerUp, edge }: Ranked): string {
  const other = runnerUp?.entry.label ?? 'the others';
  switch (edge) {
    case 'order':
      return ' and first in the configured order';
    case 'pace':
      return ` and faster than ${other}, about ${sayDuration(best.ms)}`;
    case 'price':
      return ` and cheaper than ${other}`;
    case 'catalogue':
      return ' and first in the catalogue';
    case 'only':
      return ', unlike the others';
    default:
      return edge satisfies never;
  }
}

function troubleOf({ entry, health, isRetired: ended }: Candidate, now: Date): string | null {
  return sayTrouble(health, now) ?? (ended ? `was to end on ${entry.retiresOn}` : null);
}
