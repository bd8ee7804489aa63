import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookieNameFor, signSessionToken } from './live-session.ts';

/** Tells a session's token from an API key, to us and to those who look for leaked secrets. */
const PREFIX = 'rs_';
/** Those are read elsewhere. */
const KEY_PREFIX = 'rk_';

const sign = (token: string, secret: string) =>
  createHmac('sha256', secret).update(`bearer:${token}`).digest('base64url');

/** What a client without cookies is given: the session's token, signed, so that our table alone is worth nothing. */
export const writeBearer = (token: string, secret: string): string => `${PREFIX}${token}.${sign(token, secret)}`;

/**
 * The session's token that `Authorization` shows. Undefined: the request shows none, and its cookies count. Null: it
 * shows one that is not ours, and nothing else counts. API keys are not read here.
 */
export function readBearer(headers: Headers, secret: string): string | null | undefined {
  const shown = /^bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '')?.[1];
  if (!shown || shown.startsWith(KEY_PREFIX)) return undefined;
  if (!shown.startsWith(PREFIX)) return null;
  const [token = '', signature = ''] = shown.slice(PREFIX.length).split('.');
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(token, secret))];
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

type Env = { APP_URL: string; SESSION_SECRET: string };

/** The same request with `token` as its session's cookie and no other: all account verbs read cookies. */
export function asCookieRequest(request: Request, token: string | null, env: Env): Request {
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  headers.delete('cookie');
  if (token) headers.set('cookie', `${cookieNameFor(env.APP_URL)}=${signSessionToken(token, env.SESSION_SECRET)}`);
  return new Request(request.url, { method: request.method, headers });
}

type Verb = (request: Request, ...rest: never[]) => Promise<unknown>;

/** Account verbs for clients of both kinds. Whoever shows a token is answered without cookies. */
export function forBearers<Verbs extends Record<string, Verb>>(verbs: Verbs, env: Env): Verbs {
  const pairs = Object.entries(verbs).map(([name, verb]) => {
    const both = async (request: Request, ...rest: never[]) => {
      const token = readBearer(request.headers, env.SESSION_SECRET);
      if (token === undefined) return verb(request, ...rest);
      const answer = await verb(asCookieRequest(request, token, env), ...rest);
      if (typeof answer !== 'object' || answer === null || !('setCookie' in answer)) return answer;
      // Whoever shows a token that says nothing is not made a guest by their first write: they are told.
      const hasEnded = 'session' in answer && answer.session === null;
      return { ...answer, setCookie: [], ...(hasEnded ? { lapsed: true } : {}) };
    };
    return [name, both];
  });
  return Object.fromEntries(pairs) as Verbs;
}
