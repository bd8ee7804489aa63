import type { NextFunction, Request, Response } from 'express';

/** Headers by which somebody could pretend to be elsewhere, or to have come another way. */
const FORWARDED = [
  'x-client-ip',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
  'forwarded',
];

declare global {
  namespace Express {
    interface Request {
      /** The origin that the browser asked, such as `https://remixify.example`. */
      askedOrigin: string;
      clientAddress: string;
      /** A script of another site that we let in; it came without cookies. */
      isCrossOrigin?: boolean;
    }
  }
}

const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Settles where a request came from and which origin it asked, then removes every header that claims either:
 * `x-client-ip` alone is left, and it is ours. Express' `trust proxy` decides how much of X-Forwarded-* counts.
 */
export function settleOrigin(request: Request, response: Response, next: NextFunction): void {
  const host = request.app.enabled('trust proxy')
    ? (request.get('x-forwarded-host') ?? request.get('host'))
    : request.get('host');
  const asked = host?.split(',')[0]?.trim() ?? '';
  request.clientAddress = (request.ip ?? '').replace(/^::ffff:/, '');
  if (!HOST.test(asked)) {
    response.status(400);
    next(new Error('unreadable host'));
    return;
  }
  request.askedOrigin = `${request.protocol}://${asked}`;
  for (const name of FORWARDED) delete request.headers[name];
  request.headers['x-client-ip'] = request.clientAddress;
  request.headers.host = asked;
  next();
}
