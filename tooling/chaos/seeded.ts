/** Chance that repeats itself: the same seed and name give the same rolls, whatever else is rolled meanwhile. */
export type Chance = {
  /** From 0 to below 1. */
  roll(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  hits(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** One of these, as often as its weight says. */
  weigh<T extends string>(weights: Readonly<Record<T, number>>): T;
};

export function chanceOf(...name: (string | number)[]): Chance {
  let state = hashOf(name.join('/'));
  const roll = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(roll() * (to - from + 1));
  return {
    roll,
    int,
    hits: (share) => roll() < share,
    pick: (from) => from[int(0, from.length - 1)]!,
    weigh(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = roll() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return entries.at(-1)![0];
    },
  };
}

/** FNV-1a, then mixed: names that differ in one letter must not roll alike. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) | 0;
}
