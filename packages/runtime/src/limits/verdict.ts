import type { Bucket, RateRule } from './rate-rules.ts';

/** What counting one request came to. */
export type Verdict = {
  bucket: Bucket;
  rule: RateRule;
  isAllowed: boolean;
  remaining: number;
  /** Until the window ends and counting begins anew. */
  resetMs: number;
};

/** The one to tell of: a refusal before anything else, then whatever runs out first. */
export function tightest(verdicts: Verdict[]): Verdict | null {
  const order = (one: Verdict) => [one.isAllowed ? 1 : 0, one.isAllowed ? one.remaining / one.rule.max : -one.resetMs];
  const sorted = verdicts.toSorted((a, b) => {
    const [x, y] = [order(a), order(b)];
    return x[0]! - y[0]! || x[1]! - y[1]!;
  });
  return sorted[0] ?? null;
}

/** The answer's headers tell of the tightest limit that the request met. */
export function noteVerdicts(scope: { verdict: Verdict | null }, verdicts: Verdict[]): void {
  scope.verdict = tightest([...(scope.verdict ? [scope.verdict] : []), ...verdicts]);
}

/** Never 0: whoever comes back within the same second would be refused once more. */
export const secondsUntil = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

/**
 * The words of the IETF draft (seconds from now) and those that were common before it (a Unix time). A refusal also
 * says when to come back.
 */
export function limitHeaders({ rule, isAllowed, remaining, resetMs }: Verdict, nowMs: number): [string, string][] {
  const reset = secondsUntil(resetMs);
  const left = String(isAllowed ? remaining : 0);
  return [
    ['ratelimit-policy', `${rule.max};w=${rule.seconds}`],
    ['ratelimit-limit', String(rule.max)],
    ['ratelimit-remaining', left],
    ['ratelimit-reset', String(reset)],
    ['x-ratelimit-limit', String(rule.max)],
    ['x-ratelimit-remaining', left],
    ['x-ratelimit-reset', String(Math.ceil((nowMs + resetMs) / 1_000))],
    ...(isAllowed ? [] : ([['retry-after', String(reset)]] as [string, string][])),
  ];
}
