/** A stream of numbers in [0, 1) that is the same for the same seed on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A number between `low` and `high` drawn from a seeded stream. */
export function between(random: () => number, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Smooth noise over one axis: knots one unit apart, eased between them, from -1 to 1. */
export function smoothNoise(seed: number): (x: number) => number {
  const random = seeded(seed);
  const knots = Array.from({ length: 256 }, () => random() * 2 - 1);
  return (x) => {
    const floor = Math.floor(x);
    const t = x - floor;
    const ease = t * t * (3 - 2 * t);
    const from = knots[floor & 255]!;
    return from + (knots[(floor + 1) & 255]! - from) * ease;
  };
}
