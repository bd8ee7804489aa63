/** Work that has a connection of a pool, and work that waits for one. */
export type PoolUse = { inUse: number; waiting: number };

export type UseCount = {
  during<T>(work: () => Promise<T>): Promise<T>;
  now(): PoolUse;
};

/** Counts what goes through a pool of `max` connections, because the library does not tell how its pool does. */
export function countUse(max: number): UseCount {
  let under = 0;
  return {
    during(work) {
      under += 1;
      return work().finally(() => {
        under -= 1;
      });
    },
    now: () => ({ inUse: Math.min(under, max), waiting: Math.max(0, under - max) }),
  };
}

/**
 * The same, and whoever has no connection waits here, first come first served: the library lets statements in before those
 * who wait for a connection of their own. `idle` resolves when nothing is under way.
 */
export function letInBy(max: number): UseCount & { idle(): Promise<void> } {
  let inUse = 0;
  const waiting: (() => void)[] = [];
  let idlers: (() => void)[] = [];
  const leave = () => {
    const next = waiting.shift();
    // Their place is handed over.
    if (next) return next();
    inUse -= 1;
    if (inUse > 0) return;
    for (const tell of idlers) tell();
    idlers = [];
  };
  return {
    async during(work) {
      if (inUse < max) inUse += 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return work().finally(leave);
    },
    now: () => ({ inUse, waiting: waiting.length }),
    idle: () => (inUse === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
}
