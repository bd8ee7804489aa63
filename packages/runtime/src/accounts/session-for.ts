import { type Actor, sessions } from '@repo/db';
import type { Person } from '@repo/domain/accounts/schema';
import { and, eq } from 'drizzle-orm';
import { type Desk, LONG_SESSION_MS, SHORT_SESSION_MS, SLIDE_EVERY_MS } from './desk.ts';
import { addressOf, isGuest, type UserRow } from './find-person.ts';
import { cookieNameFor, readSession, readSessionToken, type SessionRow, signSessionToken } from './live-session.ts';

export type RequestSession = {
  actor: Exclude<Actor, { kind: 'system' }>;
  user: Person | null;
  session: { id: string; expiresAt: Date; keepSignedIn: boolean } | null;
  /**
   * True when the browser shows a session of an account that ended by itself or was revoked. A write should then ask
   * its person to sign in again instead of making them a guest.
   */
  lapsed: boolean;
  /** For the answer: moves the cookie's end on together with the session's. */
  setCookie: string[];
};

const visitor = (lapsed: boolean): RequestSession => ({
  actor: { kind: 'visitor' },
  user: null,
  session: null,
  lapsed,
  setCookie: [],
});

/** Who is behind a request. One query, and at most every 15 minutes a write that moves the session's end on. */
export async function sessionFor(desk: Desk, request: Request): Promise<RequestSession> {
  const token = readSessionToken(request.headers, cookieNameFor(desk.env.APP_URL), desk.env.SESSION_SECRET);
  if (token === null) return visitor(false);
  const found = await readSession(desk.db, token);
  if (!found) return visitor(true);
  const { user, session } = found;
  const now = desk.tools.now();
  if (session.expiresAt <= now) return visitor(!isGuest(user));

  const expiresAt = await slide(desk, session, now);
  return {
    actor: { kind: 'user', userId: user.id, isGuest: isGuest(user) },
    user: personOf(user),
    session: { id: session.id, expiresAt: expiresAt ?? session.expiresAt, keepSignedIn: session.keepSignedIn },
    lapsed: false,
    setCookie: expiresAt ? [sessionCookie(desk, token)] : [],
  };
}

/** A person as pages show them. A decoy looks like the account it stands in for. */
export const personOf = (user: UserRow): Person => ({
  id: user.id,
  name: user.name,
  email: addressOf(user),
  emailVerified: user.emailVerified,
  isGuest: isGuest(user),
  isStaff: user.platformRole === 'staff',
});

/** The session's new end, or null when it stays as it is. */
async function slide(desk: Desk, session: SessionRow, now: Date): Promise<Date | null> {
  const lifetime = session.keepSignedIn ? LONG_SESSION_MS : SHORT_SESSION_MS;
  const lastMoved = session.expiresAt.getTime() - lifetime;
  if (now.getTime() - lastMoved < SLIDE_EVERY_MS) return null;
  const expiresAt = new Date(now.getTime() + lifetime);
  // Of several requests at once only one moves it; and one that was revoked meanwhile stays revoked.
  const isUnmoved = and(eq(sessions.id, session.id), eq(sessions.expiresAt, session.expiresAt));
  const moved = await desk.db
    .update(sessions)
    .set({ expiresAt, updatedAt: now })
    .where(isUnmoved)
    .returning({ id: sessions.id });
  return moved.length > 0 ? expiresAt : null;
}

/** The cookie just as the sign-in library sets it. It outlives short sessions; the table decides what still counts. */
function sessionCookie({ env }: Desk, token: string): string {
  return [
    `${cookieNameFor(env.APP_URL)}=${signSessionToken(token, env.SESSION_SECRET)}`,
    `Max-Age=${LONG_SESSION_MS / 1_000}`,
    ...(env.COOKIE_DOMAIN ? [`Domain=${env.COOKIE_DOMAIN}`] : []),
    'Path=/',
    'HttpOnly',
    ...(env.APP_URL.startsWith('https:') ? ['Secure'] : []),
    'SameSite=Lax',
  ].join('; ');
}
