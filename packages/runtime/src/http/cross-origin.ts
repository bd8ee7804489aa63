import type { RequestHandler } from 'express';

const PREFLIGHT_S = 7_200;
const METHODS = 'GET, POST, PUT, PATCH, DELETE';
const ASKED_WITH = 'authorization, content-type, idempotency-key, if-none-match, last-event-id';
const TOLD = [
  ...['etag', 'link', 'retry-after', 'x-request-id'],
  ...['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'ratelimit-policy'],
].join(', ');

/**
 * Lets scripts of the named origins, and no others, read what `/api/v1` answers. Cookies are never let along: a script
 * of another site comes with a key. Nothing changes where no origin is named.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins);
  return (request, response, next) => {
    if (allowed.size === 0) return next();
    response.vary('origin');
    const origin = request.get('origin');
    if (!origin || !allowed.has(origin)) return next();
    response.set('access-control-allow-origin', origin);
    if (request.method === 'OPTIONS' && request.get('access-control-request-method')) {
      response.set({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': ASKED_WITH,
        'access-control-max-age': String(PREFLIGHT_S),
      });
      response.status(204).end();
      return;
    }
    response.set('access-control-expose-headers', TOLD);
    // Whatever cookies it carried are another site's doing.
    delete request.headers.cookie;
    request.isCrossOrigin = true;
    next();
  };
}
