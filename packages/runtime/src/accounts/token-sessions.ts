import { randomBytes } from 'node:crypto';
import { sessions } from '@repo/db';
import type { SignInInput } from '@repo/domain/accounts/schema';
import type { SessionToken } from '@repo/domain/accounts/token-schema';
import { DomainError } from '@repo/domain/errors';
import { and, eq, gt } from 'drizzle-orm';
import { asCookieRequest, readBearer, writeBearer } from './bearer-session.ts';
import { type Desk, LONG_SESSION_MS, SHORT_SESSION_MS } from './desk.ts';
import { cookieNameFor, readSession, readSessionToken } from './live-session.ts';
import { personOf } from './session-for.ts';

/** Signing in for clients without cookies: the same sessions, with the token in their own hands. */
export type TokenSessions = {
  /** Null: nobody has this address and password. */
  signInForToken(request: Request, input: SignInInput): Promise<SessionToken | null>;
  /** A new token for the session of the one that is shown, which ends. Of two at once, one succeeds. Null: it ended. */
  refreshToken(request: Request): Promise<SessionToken | null>;
  /** Ends the session; false where it had ended. */
  endToken(request: Request): Promise<boolean>;
};

type SignIn = (request: Request, input: SignInInput) => Promise<{ setCookie: string[] }>;

/** `signIn` is that of the pages: whatever it demands besides the password is demanded here too. */
export function tokenSessions(desk: Desk, signIn: SignIn): TokenSessions {
  const { env, db } = desk;
  const tokenOf = async (token: string): Promise<SessionToken | null> => {
    const found = await readSession(db, token);
    if (!found || found.session.expiresAt <= desk.tools.now()) return null;
    const { session, user } = found;
    return { token: writeBearer(token, env.SESSION_SECRET), expiresAt: session.expiresAt, user: personOf(user) };
  };

  return {
    async signInForToken(request, input) {
      const answer = await signIn(asCookieRequest(request, null, env), input).catch((error: unknown) => {
        if (DomainError.is(error) && error.code === 'invalid') return null;
        throw error;
      });
      if (!answer) return null;
      const token = tokenIn(answer.setCookie, env);
      const made = token === null ? null : await tokenOf(token);
      // No session although the password was right: the account demands a second step that a password cannot take.
      if (!made)
        throw new DomainError('forbidden', 'This account needs a second step to sign in. Use an API key instead.');
      return made;
    },

    async refreshToken(request) {
      const old = readBearer(request.headers, env.SESSION_SECRET);
      const found = old ? await readSession(db, old) : null;
      if (!found) return null;
      const now = desk.tools.now();
      const token = randomBytes(24).toString('base64url');
      const lifetime = found.session.keepSignedIn ? LONG_SESSION_MS : SHORT_SESSION_MS;
      const isStill = and(eq(sessions.token, found.session.token), gt(sessions.expiresAt, now));
      const renewed = await db
        .update(sessions)
        .set({ token, expiresAt: new Date(now.getTime() + lifetime), updatedAt: now })
        .where(isStill)
        .returning({ id: sessions.id });
      return renewed.length > 0 ? tokenOf(token) : null;
    },

    async endToken(request) {
      const token = readBearer(request.headers, env.SESSION_SECRET);
      if (!token) return false;
      const ended = await db.delete(sessions).where(eq(sessions.token, token)).returning({ id: sessions.id });
      return ended.length > 0;
    },
  };
}

function tokenIn(setCookie: string[], env: Desk['env']): string | null {
  const name = cookieNameFor(env.APP_URL);
  const pair = setCookie.map((line) => line.split(';')[0]!).find((one) => one.startsWith(`${name}=`));
  return pair ? readSessionToken(new Headers({ cookie: pair }), name, env.SESSION_SECRET) : null;
}
