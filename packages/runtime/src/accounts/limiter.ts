import { type Db, rateLimits } from '@repo/db';
import { lt, sql } from 'drizzle-orm';
import { currentScope } from '../http/request-scope.ts';
import { noteVerdicts } from '../limits/verdict.ts';

export type Limit = { /** Seconds. */ window: number; max: number };

const MINUTE = 60;
const HOUR = 3_600;
/** Rows older than the longest window say nothing any more. */
const FORGET_AFTER_MS = 24 * HOUR * 1_000;

/** What one address may do how often, by the path that does it. */
export const LIMITS = {
  '/people/sign-in': { window: 15 * MINUTE, max: 10 },
  '/people/sign-up': { window: HOUR, max: 20 },
  '/people/request-password-reset': { window: 15 * MINUTE, max: 5 },
  '/people/resend-verification': { window: 15 * MINUTE, max: 5 },
  '/people/reset-password': { window: 15 * MINUTE, max: 20 },
  '/people/verify-email': { window: 15 * MINUTE, max: 20 },
  '/people/change-password': { window: 15 * MINUTE, max: 10 },
  '/people/finish-sign-in': { window: 15 * MINUTE, max: 30 },
  '/people/begin-second-factor': { window: 15 * MINUTE, max: 10 },
  '/people/confirm-second-factor': { window: 15 * MINUTE, max: 30 },
  '/people/disable-second-factor': { window: 15 * MINUTE, max: 10 },
  '/people/new-backup-codes': { window: 15 * MINUTE, max: 10 },
  '/people/make-key': { window: HOUR, max: 60 },
  '/people/rotate-key': { window: HOUR, max: 60 },
  '/people/passkey-options': { window: 15 * MINUTE, max: 20 },
  '/people/add-passkey': { window: 15 * MINUTE, max: 20 },
  '/people/passkey-sign-in-options': { window: 15 * MINUTE, max: 60 },
  '/people/sign-in-by-passkey': { window: 15 * MINUTE, max: 30 },
  '/sign-in/anonymous': { window: HOUR, max: 120 },
} satisfies Record<string, Limit>;

/** Mails to one mailbox: nobody may use our forms to flood somebody else's. */
export const MAILBOX_LIMIT: Limit = { window: HOUR, max: 6 };

export type Verdict = { allowed: boolean /** Seconds until the next try can succeed. */; retryAfter: number | null };
export type Limiter = { consume(key: string, limit: Limit): Promise<Verdict> };

/**
 * Counts in the table that the sign-in library uses, in windows that begin with the first try and end on time; the
 * library's own store begins the window anew at every try, so a slow, honest trickle ends locked out.
 */
export function createLimiter(db: Db, now: () => Date): Limiter {
  return {
    async consume(key, { window, max }) {
      const time = now().getTime();
      const isOver = sql`${rateLimits.lastRequest} <= ${time - window * 1_000}`;
      const [row] = await db
        .insert(rateLimits)
        .values({ key, count: 1, lastRequest: time })
        .onConflictDoUpdate({
          target: rateLimits.key,
          set: {
            count: sql`case when ${isOver} then 1 else ${rateLimits.count} + 1 end`,
            lastRequest: sql`case when ${isOver} then ${time} else ${rateLimits.lastRequest} end`,
          },
        })
        .returning();
      if (row!.count === 1) await db.delete(rateLimits).where(lt(rateLimits.lastRequest, time - FORGET_AFTER_MS));
      const isAllowed = row!.count <= max;
      const seconds = Math.ceil((row!.lastRequest + window * 1_000 - time) / 1_000);
      tellLimit({ window, max }, { count: row!.count, seconds });
      return { allowed: isAllowed, retryAfter: isAllowed ? null : Math.max(1, seconds) };
    },
  };
}

/** The answer's headers tell of this limit too. */
function tellLimit({ window, max }: Limit, { count, seconds }: { count: number; seconds: number }): void {
  const scope = currentScope();
  if (!scope) return;
  const rule = { max, seconds: window };
  const remaining = Math.max(0, max - count);
  noteVerdicts(scope, [{ bucket: 'sign_in', rule, isAllowed: count <= max, remaining, resetMs: seconds * 1_000 }]);
}

/** When to try again, in words people use. */
export function describeWait(seconds: number): string {
  if (seconds < 20) return seconds < 2 ? 'in a second' : `in ${Math.ceil(seconds)} seconds`;
  if (seconds < 90) return 'in a minute';
  if (seconds < 55 * MINUTE) return `in ${Math.ceil(seconds / MINUTE)} minutes`;
  return seconds < 90 * MINUTE ? 'in an hour' : `in ${Math.ceil(seconds / HOUR)} hours`;
}
