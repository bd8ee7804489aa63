import { randomBytes } from 'node:crypto';
import { sessions } from '@repo/db';
import type { SignInInput } from '@repo/domain/accounts/schema';
import type { SessionToken } from '@repo/domain/accounts/token-schema';
import { DomainError } from '@repo/domain/errors';
import type { CodeInput, TokenSignInInput } from '@repo/domain/second-factor/schema';
import { and, eq, gt } from 'drizzle-orm';
import { asCookieRequest, readBearer, writeBearer } from './bearer-session.ts';
import { type Desk, LONG_SESSION_MS, SHORT_SESSION_MS } from './desk.ts';
import { cookieNameFor, readSession, readSessionToken } from './live-session.ts';
import { personOf } from './session-for.ts';

/** Signing in for clients without cookies: the same sessions, with the token in their own hands. */
export type TokenSessions = {
  /**
   * Null: nobody has this address and password.
   * @throws DomainError `forbidden` where a code is missing or wrong.
   */
  signInForToken(request: Request, input: TokenSignInInput): Promise<SessionToken | null>;
  /** A new token for the session of the one that is shown, which ends. Of two at once, one succeeds. Null: it ended. */
  refreshToken(request: Request): Promise<SessionToken | null>;
  /** Ends the session; false where it had ended. */
  endToken(request: Request): Promise<boolean>;
};

type Steps = {
  signIn(request: Request, input: SignInInput): Promise<{ setCookie: string[]; needsCode: boolean }>;
  finishSignIn(request: Request, input: CodeInput): Promise<{ setCookie: string[] }>;
};

const CODE_NEEDED =
  'This account needs a code besides the password. Send the six digits of its app, or a backup code, as “code”.';

/** The steps are those of the pages: whatever they demand is demanded here too. */
export function tokenSessions(desk: Desk, { signIn, finishSignIn }: Steps): TokenSessions {
  const { env, db } = desk;
  const tokenOf = async (token: string): Promise<SessionToken | null> => {
    const found = await readSession(db, token);
    if (!found || found.session.expiresAt <= desk.tools.now()) return null;
    const { session, user } = found;
    return { token: writeBearer(token, env.SESSION_SECRET), expiresAt: session.expiresAt, user: personOf(user) };
  };

  /** Goes on with the cookie that the first step set, as a browser would. */
  async function secondStep(bare: Request, setCookie: string[], code: string | undefined) {
    if (code === undefined) throw new DomainError('forbidden', CODE_NEEDED);
    const headers = new Headers(bare.headers);
    headers.set('cookie', setCookie.map((line) => line.split(';')[0]).join('; '));
    const next = new Request(bare.url, { method: bare.method, headers });
    return finishSignIn(next, { code }).catch((error: unknown) => {
      if (DomainError.is(error) && error.code === 'invalid') throw new DomainError('forbidden', error.message);
      throw error;
    });
  }

  return {
    async signInForToken(request, input) {
      const bare = asCookieRequest(request, null, env);
      const { code, ...first } = input;
      const answer = await signIn(bare, first).catch((error: unknown) => {
        if (DomainError.is(error) && error.code === 'invalid') return null;
        throw error;
      });
      if (!answer) return null;
      const { setCookie } = answer.needsCode ? await secondStep(bare, answer.setCookie, code) : answer;
      const token = tokenIn(setCookie, env);
      const made = token === null ? null : await tokenOf(token);
      if (!made) throw new Error('Somebody was signed in without a session.');
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
