import { rateLimits } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import type { GenericEndpointContext } from 'better-auth';
import { eq, lte, sql } from 'drizzle-orm';
import { currentScope } from '../http/request-scope.ts';
import { networkOf } from '../limits/rate-rules.ts';
import { noteVerdicts } from '../limits/verdict.ts';
import type { Desk } from './desk.ts';
import { keyedDigest } from './keyed-digest.ts';
import { deviceFor } from './known-device.ts';
import { describeWait } from './limiter.ts';
import type { LiveSession } from './live-session.ts';

const MAX_WAIT_SECONDS = 15 * 60;
/** A day without a wrong password, and all is forgotten. */
const FORGET_MS = 24 * 3_600_000;
/** Wrong passwords that nobody waits for: from one place, and from many places together. */
const FREE = { place: 5, together: 20 };

/** A try that was counted as wrong before anybody looked at its password. */
export type Guess = { /** It was right: it is not counted. */ forget(): Promise<void> };

/**
 * Lets somebody try a password for `address`, whether or not there is such an account. Each wrong one after the first
 * few doubles the wait for the next. In a browser that knows the account only what is tried there counts, so whoever
 * guesses elsewhere cannot keep its owner out; other places wait for each other as well. So do browsers of accounts
 * whose address was never confirmed: anybody can make those by the dozen, and each would be free guesses.
 *
 * A right password only takes back its own try: anybody can have a second account under an address, so a success that
 * wiped the slate would let them guess at the first one without end.
 * @throws DomainError `quota_exceeded` with the seconds to wait.
 */
export async function beginGuess(desk: Desk, ctx: GenericEndpointContext, address: string): Promise<Guess> {
  if (!desk.slowsGuesses) return { forget: async () => {} };
  const of = keyedDigest(desk.env.SESSION_SECRET, `guesses:${address}`);
  // A /24 or a /64: somebody who has one address of those often has them all.
  const network = networkOf(ctx.headers?.get('x-client-ip') ?? '').replace(/\.\d+$/, '.0/24');
  const device = deviceFor(desk, ctx, address);
  const place = {
    key: `guess:${of}:${device ? `device:${device.id}` : `net:${keyedDigest(desk.env.SESSION_SECRET, `network:${network}`)}`}`,
    free: FREE.place,
  };
  const together = { key: `guess:${of}:${device ? 'unconfirmed' : 'unknown'}`, free: FREE.together };
  const places = device?.isConfirmed ? [place] : [place, together];
  return countAll(desk, places, 'for this address');
}

/**
 * The same for somebody signed in who shows their password once more. Counted for the session, from wherever it asks: a
 * stolen one must not find the password out, and whoever guesses there keeps its owner out nowhere else.
 */
export async function beginGuessInSession(desk: Desk, { user, session }: LiveSession): Promise<Guess> {
  if (!desk.slowsGuesses) return { forget: async () => {} };
  const of = keyedDigest(desk.env.SESSION_SECRET, `guesses:${user.id}`);
  return countAll(desk, [{ key: `guess:${of}:session:${session.id}`, free: FREE.place }], 'here');
}

type Place = { key: string; free: number };

async function countAll(desk: Desk, places: readonly Place[], where: string): Promise<Guess> {
  const counted: Guess[] = [];
  for (const place of places) {
    const result = await count(desk, place);
    if ('waitSeconds' in result) {
      await forgetAll(counted);
      throw tooMany(result.waitSeconds, where);
    }
    counted.push(result);
  }
  return { forget: () => forgetAll(counted) };
}

const forgetAll = async (guesses: Guess[]) => {
  for (const guess of guesses) await guess.forget();
};

/** Counts one try at once, or tells the wait, which a try that comes too early does not make longer. */
async function count({ db, tools }: Desk, { key, free }: Place): Promise<Guess | { waitSeconds: number }> {
  const time = tools.now().getTime();
  const isStale = sql`${rateLimits.lastRequest} <= ${time - FORGET_MS}`;
  const waitMs = sql`1000 * case when ${rateLimits.count} < ${free} then 0
    else least(${MAX_WAIT_SECONDS}, power(2, least(${rateLimits.count} - ${free}, 20))) end`;
  const [before] = await db.select().from(rateLimits).where(eq(rateLimits.key, key));
  const [row] = await db
    .insert(rateLimits)
    .values({ key, count: 1, lastRequest: time })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: { count: sql`case when ${isStale} then 1 else ${rateLimits.count} + 1 end`, lastRequest: time },
      setWhere: lte(sql`${rateLimits.lastRequest} + ${waitMs}`, time),
    })
    .returning();
  if (!row) return { waitSeconds: await waitOf({ db, time, key, waitMs }) };

  const forget = async () => {
    // The clock goes back as well, unless somebody else tried meanwhile.
    const last = before?.lastRequest ?? time;
    await db
      .update(rateLimits)
      .set({
        count: sql`greatest(${rateLimits.count} - 1, 0)`,
        lastRequest: sql`case when ${rateLimits.lastRequest} = ${time} then ${last} else ${rateLimits.lastRequest} end`,
      })
      .where(eq(rateLimits.key, key));
  };
  return { forget };
}

type Waiting = { db: Desk['db']; time: number; key: string; waitMs: ReturnType<typeof sql> };

async function waitOf({ db, time, key, waitMs }: Waiting): Promise<number> {
  const left = sql<number>`ceil((${rateLimits.lastRequest} + ${waitMs} - ${time}) / 1000.0)::int`;
  const [row] = await db.select({ left }).from(rateLimits).where(eq(rateLimits.key, key));
  return Math.max(1, row?.left ?? 1);
}

/** The answer's headers tell of the wait too. */
function tooMany(seconds: number, where: string): DomainError {
  const scope = currentScope();
  const rule = { max: FREE.place, seconds: MAX_WAIT_SECONDS };
  const verdict = { bucket: 'sign_in', rule, isAllowed: false, remaining: 0, resetMs: seconds * 1_000 } as const;
  if (scope) noteVerdicts(scope, [verdict]);
  return new DomainError(
    'quota_exceeded',
    `Too many wrong passwords ${where}. Please try again ${describeWait(seconds)}, or set a new password by mail.`,
    { retryAfterSeconds: seconds },
  );
}
