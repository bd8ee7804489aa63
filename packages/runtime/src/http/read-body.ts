import { type RequestHandler, raw } from 'express';

/** Forms and JSON, in bytes. Files travel to storage on their own way. */
export const BODY_MAX_BYTES = 1_048_576;
const BODY_MAX_MS = 30_000;

/**
 * Takes in a whole body of at most `BODY_MAX_BYTES` before any page sees the request (413), and gives up on one
 * that trickles for longer than `maxMs` (408), so a slow client holds nothing but its socket.
 */
export function readBody(maxMs = BODY_MAX_MS): RequestHandler {
  const read = raw({ type: () => true, limit: BODY_MAX_BYTES, inflate: false });
  return (request, response, next) => {
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
