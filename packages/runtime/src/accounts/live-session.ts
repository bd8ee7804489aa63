import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Db, sessions, users } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { COOKIE_PREFIX, type Desk } from './desk.ts';
import { isGuest, type UserRow } from './find-person.ts';

export type SessionRow = typeof sessions.$inferSelect;
export type LiveSession = { session: SessionRow; user: UserRow };

/** The name the sign-in library gives the cookie; browsers keep a `__Secure-` one from ever travelling in clear. */
export const cookieNameFor = (appUrl: string): string =>
  `${appUrl.startsWith('https:') ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;

/** The token in a signed cookie of the sign-in library (`token.signature`), or null when the signature is not ours. */
export function readSessionToken(headers: Headers, cookieName: string, secret: string): string | null {
  const cookie = (headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .findLast((part) => part.startsWith(`${cookieName}=`));
  const value = decode(cookie?.slice(cookieName.length + 1) ?? '');
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1));
  const right = Buffer.from(sign(token, secret));
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

/** The cookie value that `readSessionToken` reads. */
export const signSessionToken = (token: string, secret: string): string =>
  encodeURIComponent(`${token}.${sign(token, secret)}`);

const sign = (token: string, secret: string) => createHmac('sha256', secret).update(token).digest('base64');

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

/**
 * The session of a token with its person, expired or not; null when it was revoked or never was. A guest whose work
 * went to an account is nobody any more: what they made from then on would be left behind.
 */
export async function readSession(db: Db, token: string): Promise<LiveSession | null> {
  const query = queries.get(db) ?? sessionQuery(db);
  queries.set(db, query);
  const [row] = await query.execute({ token });
  return row ?? null;
}

/** Every request asks it, so its text is written once. No transaction is left: this pool is `app_auth` throughout. */
const sessionQuery = (db: Db) =>
  db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.token, sql.placeholder('token')), isNull(users.mergedInto)))
    .prepare('session_of_token');
const queries = new WeakMap<Db, ReturnType<typeof sessionQuery>>();

/** The session behind a request's cookies, if it still holds. */
export async function liveSession(desk: Desk, headers: Headers): Promise<LiveSession | null> {
  const token = readSessionToken(headers, cookieNameFor(desk.env.APP_URL), desk.env.SESSION_SECRET);
  const found = token === null ? null : await readSession(desk.db, token);
  return found && found.session.expiresAt > desk.tools.now() ? found : null;
}

/**
 * The session of somebody with an account.
 * @throws DomainError `sign_up_first` for visitors and guests.
 */
export async function requirePerson(desk: Desk, headers: Headers | undefined): Promise<LiveSession> {
  const live = await liveSession(desk, headers ?? new Headers());
  if (!live || isGuest(live.user)) throw new DomainError('sign_up_first', 'Sign in first.');
  return live;
}
