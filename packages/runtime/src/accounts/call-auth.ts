import { DomainError } from '@repo/domain/errors';
import { isAPIError } from 'better-auth/api';
import { describeWait, LIMITS } from './limiter.ts';

/** The headers of a browser's request that the sign-in library looks at; nothing else of it gets through. */
const PASSED_ON = ['cookie', 'user-agent', 'x-client-ip', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'];

export type AuthAnswer = { setCookie: string[]; body: unknown };

type Call = { path: string; body?: unknown; headers?: Record<string, string> };

/**
 * Runs one verb of the sign-in library for a browser's request, behind its limiter and origin check.
 * @throws DomainError for everything a person can do something about; other errors are bugs.
 */
export async function callAuth(
  auth: { handler(request: Request): Promise<Response>; appUrl: string },
  request: Request,
  { path, body = {}, headers: extra = {} }: Call,
): Promise<AuthAnswer> {
  const headers = new Headers({ 'content-type': 'application/json', ...extra });
  for (const name of PASSED_ON) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set('origin', originOf(request, auth.appUrl));
  const inner = new Request(`${auth.appUrl}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await auth.handler(inner).catch((error: unknown) => {
    if (isAPIError(error)) return Response.json(error.body ?? null, { status: error.statusCode });
    throw error;
  });
  if (!answer.ok) throw await refusalOf(answer, path);
  return { setCookie: answer.headers.getSetCookie(), body: await answer.json() };
}

/**
 * The origin that made the browser ask. A page of the very host that was asked counts as our own whatever name people
 * reach it by; a program that is no browser names no origin and carries nobody else's cookies.
 */
function originOf(request: Request, appUrl: string): string {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin === null || origin === 'null') return site === null || site === 'same-origin' ? appUrl : 'null';
  const isOwnHost = URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
  return isOwnHost ? appUrl : origin;
}

async function refusalOf(answer: Response, path: string): Promise<Error> {
  if (answer.status === 429) {
    const seconds = Number(answer.headers.get('x-retry-after')) || 60;
    const what = path in LIMITS ? 'Too many tries from your network.' : 'Too many requests.';
    return new DomainError('quota_exceeded', `${what} Please try again ${describeWait(seconds)}.`, {
      retryAfterSeconds: seconds,
    });
  }
  if (answer.status === 403) return new DomainError('forbidden', 'This came from another site, so it was not done.');
  const body = (await answer.json().catch(() => null)) as { message?: string } | null;
  if (answer.status === 400) return new DomainError('invalid', body?.message ?? 'Something in the form is not right.');
  return new Error(`The sign-in library answered ${answer.status} to ${path}: ${body?.message ?? 'nothing'}`);
}
