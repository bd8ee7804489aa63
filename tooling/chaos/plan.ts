import { createHash } from 'node:crypto';
import { type Chance, chanceOf } from './seeded.ts';

export const CHAOS_KINDS = [
  'image.edit',
  'image.create',
  'image.describe',
  'video.create',
  'text.structured',
  'text.stream',
  'text.embed',
] as const;
export type ChaosKind = (typeof CHAOS_KINDS)[number];

/** One press of a button, and what its person does around it. */
export type Press = {
  n: number;
  atMs: number;
  /** Which of the people; `visitor` is somebody whom nobody has seen before. */
  who: number | 'visitor';
  kind: ChaosKind;
  model: string;
  /** Named in the prompt: by it the vendors' requests are told apart. An earlier press's where the text is asked again. */
  token: string;
  key: string;
  brandPays: boolean;
  isBatch: boolean;
  /** Both halves of a double click. */
  isDouble: boolean;
  /** Cancelled so long after the first answer. */
  cancelAfterMs: number | null;
  /** Somebody watches it on a page. */
  isWatched: boolean;
};

export const TROUBLES = [
  'kill worker',
  'kill web',
  'stop postgres at once',
  'kill postgres',
  'drop connections',
  'swallow answers to commits',
  'terminate backends',
] as const;
export type Trouble = (typeof TROUBLES)[number];
export type Strike = { atMs: number; trouble: Trouble; which: number };

export type Plan = { presses: Press[]; strikes: Strike[]; fingerprint: string };

export type PlanOptions = {
  seed: number;
  generations: number;
  /** For how long people press. */
  pressMs: number;
  /** For how long things are killed. */
  strikeMs: number;
  people: number;
  /** The models a person may name, by kind. */
  models: Readonly<Record<ChaosKind, readonly string[]>>;
};

const KINDS: Record<ChaosKind, number> = {
  'image.edit': 18,
  'image.create': 24,
  'image.describe': 12,
  'video.create': 8,
  'text.structured': 14,
  'text.stream': 12,
  'text.embed': 12,
};
/** How often each comes in a minute of trouble. */
const A_MINUTE: Record<Trouble, number> = {
  'kill worker': 10,
  'kill web': 3,
  'stop postgres at once': 2,
  'kill postgres': 1.5,
  'drop connections': 5,
  'swallow answers to commits': 8,
  'terminate backends': 4,
};
const VISITOR_SHARE = 0.04;
/** A film is asked after again only a quarter of a minute later: late ones would keep everybody waiting. */
const FILMS_UNTIL = 0.6;

/** Everything that will be pressed and struck, from nothing but the seed. */
export function makePlan(options: PlanOptions): Plan {
  const presses = planPresses(options);
  const strikes = planStrikes(options);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([presses, strikes]))
    .digest('hex')
    .slice(0, 12);
  return { presses, strikes, fingerprint };
}

function planPresses({ seed, generations, pressMs, people, models }: PlanOptions): Press[] {
  const presses: Press[] = [];
  for (let n = 1; n <= generations; n++) {
    const chance = chanceOf(seed, 'press', n);
    const atMs = Math.round(((n - 1 + chance.roll()) / generations) * pressMs);
    const isVisitor = chance.hits(VISITOR_SHARE);
    const kind = isVisitor ? 'image.create' : kindAt(chance, atMs / pressMs);
    const earlier = chance.hits(0.08)
      ? presses.findLast((press) => press.kind === kind && press.who !== 'visitor')
      : undefined;
    const isBatch = chance.hits(0.25);
    presses.push({
      n,
      atMs,
      who: isVisitor ? 'visitor' : chance.int(0, people - 1),
      kind,
      // Guests may not use what costs real money.
      model: isVisitor ? 'local/effects' : chance.hits(0.45) ? 'auto' : chance.pick(models[kind]),
      token: `press-${String(n).padStart(5, '0')}`,
      key: `chaos-${seed}-${n}`,
      brandPays: chance.hits(0.25),
      isBatch,
      isDouble: chance.hits(0.25),
      cancelAfterMs: chance.hits(0.1) ? chance.pick([0, 50, 400, 1_500, 4_000]) : null,
      isWatched: chance.hits(0.3),
      ...(earlier && !isVisitor && { token: earlier.token, model: earlier.model, who: earlier.who }),
    });
  }
  // Two people who happen to send the same key have nothing to do with each other.
  for (let at = 9; at < presses.length; at += 20) {
    const [mine, other] = [presses[at]!, presses[at - 1]!];
    if (mine.who !== other.who && mine.who !== 'visitor' && other.who !== 'visitor') mine.key = other.key;
  }
  return presses;
}

function kindAt(chance: Chance, share: number): ChaosKind {
  const kind = chance.weigh(KINDS);
  return kind === 'video.create' && share > FILMS_UNTIL ? 'image.create' : kind;
}

function planStrikes({ seed, strikeMs }: PlanOptions): Strike[] {
  const strikes = TROUBLES.flatMap((trouble) => {
    const chance = chanceOf(seed, 'strike', trouble);
    // Whatever can happen happens, also in a short run.
    const count = Math.max(1, Math.round((A_MINUTE[trouble] * strikeMs) / 60_000));
    return Array.from({ length: count }, (_, index) => ({
      atMs: Math.round(((index + chance.roll()) / count) * strikeMs),
      trouble,
      which: chance.int(0, 1),
    }));
  });
  return strikes.toSorted((a, b) => a.atMs - b.atMs);
}
