import { transactAs } from '@repo/db';
import type { UserContext } from '../context.ts';
import { type CatalogueEntry, type Cost, canDo, type ModelShelf } from '../generation/catalogue.ts';
import { explainChoice, placeIn } from '../generation/choose-model.ts';
import { type HealthOf, readHealth } from '../generation/health/read-health.ts';
import { sayHealth } from '../generation/health/say-health.ts';
import { type Candidate, rankModels } from '../generation/rank-models.ts';
import { isRetired, retirementWarnings } from '../generation/retirement.ts';
import { GENERATION_KINDS, type GenerationKind } from '../generation/rules.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import type { AutoOrder, CatalogueModel, CatalogueReport } from './schema.ts';

/** Every model there is, how it does, and what `auto` makes of them. For the staff; throws `forbidden`. */
export const readCatalogue = (ctx: UserContext): Promise<CatalogueReport> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look at the catalogue.');
    const now = ctx.now();
    const healthOf = await readHealth(tx, now);
    return {
      models: ctx.models.entries.map((entry) => modelOf(entry, healthOf, now)),
      auto: GENERATION_KINDS.filter((kind) => ctx.models.entries.some((entry) => canDo(entry, kind))).map((kind) =>
        autoOrderOf(ctx.models, kind, healthOf, now),
      ),
      warnings: retirementWarnings(ctx.models, now),
      countedAt: now,
    };
  });

function modelOf(entry: CatalogueEntry, healthOf: HealthOf, now: Date): CatalogueModel {
  const { id, label, provider, typicalSeconds, isPaid, isStandIn, isEnabled, retiresOn, atOnce } = entry;
  const kinds = GENERATION_KINDS.filter((kind) => canDo(entry, kind));
  return {
    ...{ id, label, provider, typicalSeconds, isPaid, isStandIn, isEnabled, retiresOn, atOnce },
    prices: kinds.map((kind) => ({ kind, ...entry.prices[kind]! })),
    costs: costsOf(entry.cost),
    retirement: retirementOf(entry, now),
    health: kinds.map((kind) => {
      const health = healthOf(entry, kind);
      return {
        kind,
        state: health.state,
        since: health.since,
        sentence: sayHealth(label, health, now),
        p50Seconds: health.p50Ms === null ? null : health.p50Ms / 1000,
        p95Seconds: health.p95Ms === null ? null : health.p95Ms / 1000,
        nextProbeAt: health.retryAt,
      };
    }),
  };
}

const UNITS = [
  ['image', 'image'],
  ['second', 'second'],
  ['thousandInputTokens', 'thousand tokens read'],
  ['thousandOutputTokens', 'thousand tokens written'],
] as const satisfies readonly [keyof Cost, CatalogueModel['costs'][number]['per']][];

const costsOf = (cost: Cost): CatalogueModel['costs'] =>
  UNITS.flatMap(([unit, per]) => (cost[unit] === undefined ? [] : [{ per, microUsd: cost[unit] }]));

/** Also of a model that is switched off: whoever switches it on should know. */
function retirementOf(entry: CatalogueEntry, now: Date): CatalogueModel['retirement'] {
  if (isRetired(entry, now)) return 'past';
  return retirementWarnings({ entries: [{ ...entry, isEnabled: true }] }, now).length > 0 ? 'soon' : null;
}

/** The first, then each that is the best of those left: just as a request would go on from one to the next. */
function autoOrderOf(shelf: ModelShelf, kind: GenerationKind, healthOf: HealthOf, now: Date): AutoOrder {
  const candidates = candidatesFor(shelf, kind, healthOf, now);
  const ranked: Candidate[] = [];
  for (let left = candidates; left.length > 0; left = left.filter((one) => !ranked.includes(one))) {
    ranked.push(rankModels(left).best);
  }
  return {
    kind,
    models: ranked.map(({ entry: { id, label }, health: { state } }) => ({ id, label, state })),
    why: ranked[0] ? explainChoice(ranked[0], candidates, now) : null,
  };
}

/** Stand-ins only where there is no real model, or where the configured order names them. */
function candidatesFor(shelf: ModelShelf, kind: GenerationKind, healthOf: HealthOf, now: Date): Candidate[] {
  const order = shelf.order[kind] ?? [];
  const able = shelf.entries.filter((entry) => entry.isEnabled && canDo(entry, kind));
  const hasReal = able.some(({ isStandIn }) => !isStandIn);
  return able
    .filter((entry) => !entry.isStandIn || !hasReal || placeIn(order, entry) !== null)
    .map((entry) => {
      const health = healthOf(entry, kind);
      return {
        entry,
        health,
        isRetired: isRetired(entry, now),
        place: placeIn(order, entry),
        index: shelf.entries.indexOf(entry),
        // By the unit: what a request costs in all depends on the request.
        price: entry.prices[kind]!.credits,
        ms: health.p50Ms ?? entry.typicalSeconds * 1000,
      };
    });
}
