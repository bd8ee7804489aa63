import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll, IterableBackoff } from 'cockatiel';
import { z } from 'zod';

const FAILURES_IN_A_ROW = 3;
/** How long nobody calls after the first, second, ... time in a row that it opened. */
const BREAKS_MS = [10_000, 20_000, 40_000, 80_000, 120_000];

/** What cockatiel writes of a breaker and reads again. */
const BreakerMemory = z.object({
  ownState: z.discriminatedUnion('value', [
    z.object({ value: z.literal(CircuitState.Closed) }),
    z.object({
      value: z.literal(CircuitState.Open),
      openedAt: z.number(),
      attemptNo: z.number().int().positive(),
    }),
  ]),
  breakerState: z.number().int().nonnegative(),
});
export type BreakerMemory = z.infer<typeof BreakerMemory>;

const FRESH: BreakerMemory = { ownState: { value: CircuitState.Closed }, breakerState: 0 };
const FAILED = new Error('the call failed');

/** `retryAt` is null while calls are let through. `failures` counts those in a row. */
export type Verdict = { memory: BreakerMemory; retryAt: Date | null; failures: number };

/**
 * Lets a breaker that is only remembered learn of one more outcome. An open one learns from a probe alone: what
 * began before it opened says nothing about now. A memory that cannot be read is that of a new breaker.
 */
export async function learn(
  remembered: unknown,
  outcome: { ok: boolean; isProbe: boolean },
  now: Date,
): Promise<Verdict> {
  const { data: before = FRESH } = BreakerMemory.safeParse(remembered);
  const isOpen = before.ownState.value === CircuitState.Open;
  if (isOpen && !outcome.isProbe) return verdictOf(before);

  const breaker = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(FAILURES_IN_A_ROW),
    halfOpenAfter: new IterableBackoff(BREAKS_MS),
    // Whether the break is over was decided by whoever gave the probe away, by the clock that all processes share.
    initialState: isOpen ? { ...before, ownState: { ...before.ownState, openedAt: 0 } } : structuredClone(before),
  });
  await breaker
    .execute(() => {
      if (!outcome.ok) throw FAILED;
    })
    .catch((error: unknown) => {
      if (error !== FAILED) throw error;
    });
  const after = BreakerMemory.parse(breaker.toJSON());
  if (after.ownState.value === CircuitState.Open) after.ownState.openedAt = now.getTime();
  return verdictOf(after);
}

function verdictOf(memory: BreakerMemory): Verdict {
  const { ownState, breakerState } = memory;
  if (ownState.value !== CircuitState.Open) return { memory, retryAt: null, failures: breakerState };
  const breakMs = BREAKS_MS[Math.min(ownState.attemptNo, BREAKS_MS.length) - 1]!;
  return { memory, retryAt: new Date(ownState.openedAt + breakMs), failures: breakerState };
}
