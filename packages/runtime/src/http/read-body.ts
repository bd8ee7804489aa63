import { type Request, type RequestHandler, raw } from 'express';

/** Forms and JSON, in bytes. Files travel to storage on their own way. */
export const BODY_MAX_BYTES = 1_048_576;
/** A request that may bring pictures along, from somebody who says who they are. */
const ALONG_MAX_BYTES = 28_000_000;
const BODY_MAX_MS = 30_000;

/**
 * Takes in a whole body of at most `BODY_MAX_BYTES` before any page sees the request (413), and gives up on one
 * that trickles for longer than `maxMs` (408), so a slow client holds nothing but its socket.
 */
export function readBody(maxMs = BODY_MAX_MS): RequestHandler {
  const upTo = (limit: number) => raw({ type: () => true, limit, inflate: false });
  const [readUsual, readLong] = [upTo(BODY_MAX_BYTES), upTo(ALONG_MAX_BYTES)];
  return (request, response, next) => {
    const read = mayBringPictures(request) ? readLong : readUsual;
    let settled = false;
    const settle = (error?: unknown) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      next(error);
    };
    const timer = setTimeout(() => {
      response.status(408).set('connection', 'close');
      settle(new Error('the body took too long'));
    }, maxMs);
    read(request, response, settle);
  };
}

const mayBringPictures = ({ path, method, headers }: Request): boolean =>
  method === 'POST' &&
  path === '/api/v1/generations' &&
  (headers.authorization ?? headers['x-api-key'] ?? headers.cookie) !== undefined;
