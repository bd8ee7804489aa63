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
