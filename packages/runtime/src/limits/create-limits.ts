import type { Db } from '@repo/db';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { keyedDigest } from '../accounts/keyed-digest.ts';
import { type Counter, countExactly, countLazily } from './count-lazily.ts';
import { type Asker, type Bucket, IS_EXACT, RATE_RULES, type RateRule, subjectsOf } from './rate-rules.ts';
import type { Verdict } from './verdict.ts';

export type Limits = {
  /** Counts one request. Stops at the first refusal, so that a refused one uses up nothing else. */
  take(bucket: Bucket, asker: Asker): Promise<Verdict[]>;
};

const TABLE = 'rate_count';

export type LimitsOptions = {
  /** Multiplies every number. */
  scale: number;
  /** Names networks in the table: whoever reads it does not learn who came from where. */
  secret: string;
};

/** Counts requests in memory and in the table `rate_count`. */
export function createLimits(db: Db, { scale, secret }: LimitsOptions): Limits {
  const nameOf = (key: string) => (key.startsWith('net:') ? `net:${keyedDigest(secret, `limit:${key}`)}` : key);
  const storeClient = storeOn(db);
  const counters = new Map<string, Counter>();

  function counterFor(bucket: Bucket, rule: RateRule): Counter {
    const name = `${bucket}/${rule.max}/${rule.seconds}`;
    const known = counters.get(name);
    if (known) return known;
    const size = { keyPrefix: name, points: rule.max, duration: rule.seconds };
    const shared = new RateLimiterPostgres({
      ...size,
      storeClient,
      storeType: 'client',
      tableName: TABLE,
      tableCreated: true,
      // Any of them sweeps the whole table.
      clearExpiredByTimeout: counters.size === 0,
      ...(IS_EXACT[bucket] ? { inMemoryBlockOnConsumed: rule.max, insuranceLimiter: new RateLimiterMemory(size) } : {}),
    });
    const counter = IS_EXACT[bucket] ? countExactly(shared, nameOf) : countLazily(name, rule, shared, nameOf);
    counters.set(name, counter);
    return counter;
  }

  return {
    async take(bucket, asker) {
      const verdicts: Verdict[] = [];
      for (const rule of RATE_RULES[bucket]) {
        const subjects = subjectsOf(bucket, asker);
        const taken = await Promise.all(subjects.map((subject) => count(subject, rule)));
        verdicts.push(...taken);
        if (taken.some(({ isAllowed }) => !isAllowed)) break;
      }
      return verdicts;

      async function count(subject: string, rule: RateRule): Promise<Verdict> {
        const own = subject.startsWith('key:') && bucket === 'general' ? asker.key?.perMinute : null;
        const scaled = { ...rule, max: Math.max(1, Math.round((own ?? rule.max) * scale)) };
        return { bucket, rule: scaled, ...(await counterFor(bucket, scaled).take(subject)) };
      }
    },
  };
}

type Query = { text: string; values: (string | number | null)[] };

/** Our own pool in the shape of the driver that the library knows. */
const storeOn = ({ $client }: Db) => ({
  async query({ text, values }: Query) {
    const rows = await $client.unsafe(text, values, { prepare: $client.options.prepare });
    return { rows, rowCount: rows.count };
  },
});
