import { RateLimiterMemory, type RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateRule } from './rate-rules.ts';

export type Counted = { isAllowed: boolean; remaining: number; resetMs: number };
/** What the table calls somebody. Asked only where the table is: what is counted in memory costs no digest. */
export type NameOf = (key: string) => string;
export type Counter = { take(key: string): Promise<Counted> };

/** Below this share of a limit, a process keeps what it counted to itself: hardly anybody ever gets there. */
const TELL_FROM_SHARE = 0.2;
const TELL_EVERY_MS = 1_000;

/** Counts that another process should know of, and until when they mean anything. */
type Untold = { count: number; consumed: number; until: number };

/**
 * Counts in memory, and tells the other processes through Postgres once a second, and only of those who are busy. So
 * it costs a request nothing, and over several processes somebody gets at most `TELL_FROM_SHARE` and one second's
 * requests of each further process too many.
 */
export function countLazily(
  name: string,
  rule: RateRule,
  shared: RateLimiterPostgres,
  nameOf: NameOf = (key) => key,
): Counter & { tell(): Promise<void> } {
  const memory = new RateLimiterMemory({ keyPrefix: name, points: rule.max, duration: rule.seconds });
  const untold = new Map<string, Untold>();
  let timer: NodeJS.Timeout | null = null;

  const tell = async () => {
    const now = Date.now();
    for (const [key, entry] of untold) {
      if (entry.until <= now) untold.delete(key);
      else if (entry.count > 0 && entry.consumed >= rule.max * TELL_FROM_SHARE) await tellOf(key, entry);
    }
    if (untold.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };

  async function tellOf(key: string, entry: Untold): Promise<void> {
    const told = entry.count;
    try {
      const all = await shared.penalty(nameOf(key), told);
      entry.count -= told;
      await memory.set(key, all.consumedPoints + entry.count, all.msBeforeNext / 1_000);
    } catch {
      // The database is away: this process goes on counting for itself.
    }
  }

  const note = (key: string, { consumedPoints, msBeforeNext }: RateLimiterRes) => {
    const now = Date.now();
    const told = { consumed: consumedPoints, until: now + msBeforeNext };
    const known = untold.get(key);
    // The same entry: while the others are told of it, it goes on counting.
    if (known && known.until > now) Object.assign(known, told).count += 1;
    else untold.set(key, { ...told, count: 1 });
    timer ??= setInterval(() => void tell(), TELL_EVERY_MS).unref();
  };

  return {
    tell,
    async take(key) {
      const taken = await taking(memory.consume(key));
      if (taken.isAllowed) note(key, taken.result);
      return countedOf(taken);
    },
  };
}

/** The same at every request in Postgres: exact. Whoever is over the limit is refused from memory. */
export const countExactly = (shared: RateLimiterPostgres, nameOf: NameOf): Counter => ({
  take: async (key) => countedOf(await taking(shared.consume(nameOf(key)))),
});

type Taken = { isAllowed: boolean; result: RateLimiterRes };

const countedOf = ({ isAllowed, result }: Taken): Counted => ({
  isAllowed,
  remaining: result.remainingPoints,
  resetMs: result.msBeforeNext,
});

/** The library throws what it counted where that is too much. */
async function taking(consuming: Promise<RateLimiterRes>): Promise<Taken> {
  try {
    return { isAllowed: true, result: await consuming };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return { isAllowed: false, result: refusal };
    throw refusal;
  }
}
