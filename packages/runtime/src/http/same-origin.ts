import type { Request, RequestHandler } from 'express';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a write that another site made a browser send. Browsers name the page's origin on every write; a
 * program that is no browser sends neither header, and carries no stranger's cookies.
 */
export function sameOriginWrites(ownOrigin: string): RequestHandler {
  return (request, response, next) => {
    if (SAFE_METHODS.has(request.method) || request.isCrossOrigin) return next();
    // A key counts for the API alone, where the cookies beside it do not.
    if (request.path.startsWith('/api/') && showsKey(request)) return next();
    const origin = request.get('origin');
    const site = request.get('sec-fetch-site');
    const isOwn = origin
      ? origin === ownOrigin || hostOf(origin) === hostOf(request.askedOrigin)
      : site === undefined || site === 'same-origin' || site === 'none';
    if (isOwn) {
      // A proxy may have put another Host in its place; what comes after compares the two once more.
      if (origin === ownOrigin) {
        request.askedOrigin = ownOrigin;
        request.headers.host = new URL(ownOrigin).host;
      }
      return next();
    }
    response.status(403);
    next(new Error('cross-site write'));
  };
}

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null);

/** Another site cannot make a browser send one: neither header goes without our leave. */
const showsKey = (request: Request): boolean =>
  request.get('x-api-key') !== undefined || /^bearer +rk_/i.test(request.get('authorization') ?? '');
