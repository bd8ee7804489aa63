import { createHmac } from 'node:crypto';
import { type Db, users } from '@repo/db';
import { notFound } from '@repo/domain/errors';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { type Desk, GUEST_KEY_HEADER } from './desk.ts';
import type { UserRow } from './find-person.ts';

/** How long a press of a button is taken for the same one. */
const SAME_PRESS_MS = 10 * 60_000;

/** Unreachable, unique, and the same for the same press: two requests of one click cannot make two guests. */
export const guestAddress = (guestKey: string): string => `${guestKey}@guest.invalid`;

/** Turns what a browser sent as the name of a press into something only we could have made. */
export const guestKeyFor = (secret: string, pressKey: string): string =>
  createHmac('sha256', secret).update(`guest:${pressKey}`).digest('hex').slice(0, 40);

export async function findFreshGuest(db: Db, guestKey: string, now: Date): Promise<UserRow | null> {
  const isFresh = gt(users.createdAt, new Date(now.getTime() - SAME_PRESS_MS));
  const [guest] = await db
    .select()
    .from(users)
    .where(
      and(eq(users.email, guestAddress(guestKey)), eq(users.isAnonymous, true), isNull(users.mergedInto), isFresh),
    );
  return guest ?? null;
}

/** Opens a session for the guest that the same press made a moment ago. */
export const resumeGuestEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/resume-guest', { method: 'POST', use: [formCsrfMiddleware] }, async (ctx) => {
    const guestKey = ctx.headers?.get(GUEST_KEY_HEADER) ?? '';
    const guest = await findFreshGuest(desk.db, guestKey, desk.tools.now());
    if (!guest) throw notFound('guest');
    const session = await ctx.context.internalAdapter.createSession(guest.id, false, { keepSignedIn: true });
    await setSessionCookie(ctx, { session, user: guest }, false);
    return ctx.json({ userId: guest.id });
  });
