import type { CatalogueEntry } from './catalogue.ts';
import type { Health } from './health/read-health.ts';

/** A model that could do a request. `place` is its place in the configured order, null where that does not name it. */
export type Candidate = {
  entry: CatalogueEntry;
  health: Health;
  isRetired: boolean;
  place: number | null;
  /** In the catalogue. */
  index: number;
  /** In credits, for this request. */
  price: number;
  /** How long it takes about. */
  ms: number;
};

/** What decided among those that do equally well, from the strongest to the weakest. */
export type Edge = 'order' | 'pace' | 'price' | 'catalogue';

/** `only` where no second one does as well. */
export type Ranked = { best: Candidate; runnerUp: Candidate | null; edge: Edge | 'only' };

/**
 * The best of these. Health decides first, then the configured order, then the measured pace in coarse steps, then
 * the price, then the catalogue. `health` false leaves it out: who would it be if all were well.
 */
export function rankModels(candidates: readonly Candidate[], health = true): Ranked {
  const levels = new Map(candidates.map((one) => [one, levelOf(one, candidates, health)]));
  const placed = candidates.toSorted((a, b) => levels.get(a)! - levels.get(b)! || placeOf(a) - placeOf(b));
  const [first] = placed;
  if (!first) throw new Error('There is nothing to rank.');
  const peers = placed.filter((one) => levels.get(one) === levels.get(first) && placeOf(one) === placeOf(first));
  const [best, next] = rankPeers(peers);
  if (next) return { best: best!.one, runnerUp: next.one, edge: edgeOf(best!, next) };
  const runnerUp = placed.find((one) => one !== first) ?? null;
  return { best: first, runnerUp, edge: first.place === null ? 'only' : 'order' };
}

/** A stand-in is no better than the real models that the order puts before it: being slow hands nothing over to it. */
function levelOf(one: Candidate, all: readonly Candidate[], byHealth: boolean): number {
  const own = byHealth ? conditionOf(one) : 0;
  if (!one.entry.isStandIn || own === DOWN) return own;
  const before = all.filter((other) => !other.entry.isStandIn && placeOf(other) < placeOf(one));
  const conditions = byHealth ? before.map(conditionOf).filter((condition) => condition !== DOWN) : [];
  return Math.max(own, ...conditions);
}

const DOWN = 3;
const conditionOf = ({ health, isRetired }: Candidate): number =>
  health.state === 'down' ? DOWN : isRetired ? 2 : health.state === 'slow' ? 1 : 0;

const placeOf = ({ place }: Candidate): number => place ?? Number.MAX_SAFE_INTEGER;

type Peer = { one: Candidate; step: number };

/** Twice as long as the fastest is as good as it; each further doubling is a step behind. */
function rankPeers(peers: readonly Candidate[]): Peer[] {
  const fastest = Math.max(1, Math.min(...peers.map(({ ms }) => ms)));
  return peers
    .map((one) => ({ one, step: Math.max(0, Math.ceil(Math.log2(one.ms / fastest)) - 1) }))
    .sort((a, b) => a.step - b.step || a.one.price - b.one.price || a.one.index - b.one.index);
}

const edgeOf = (best: Peer, next: Peer): Edge =>
  best.step !== next.step ? 'pace' : best.one.price !== next.one.price ? 'price' : 'catalogue';
