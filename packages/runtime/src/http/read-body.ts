import { type Request, type RequestHandler, type Response, raw } from 'express';
import { refuseUnread } from './refuse-unread.ts';

/** Forms and JSON, in bytes. Files travel to storage on their own way. */
export const BODY_MAX_BYTES = 1_048_576;
/** A request that may bring pictures along, from somebody who is known. */
const ALONG_MAX_BYTES = 28_000_000;
const BODY_MAX_MS = 30_000;

/** Whether somebody with an account is behind a request whose body is still to come. */
export type AskerCheck = (request: Request, response: Response) => Promise<boolean>;

/**
 * Takes in a whole body of at most `BODY_MAX_BYTES` before any page sees the request (413), and gives up on one
 * that trickles for longer than `maxMs` (408), so a slow client holds nothing but its socket.
 */
export function readBody({
  maxMs = BODY_MAX_MS,
  isKnown,
}: {
  maxMs?: number | undefined;
  isKnown?: AskerCheck | undefined;
}): RequestHandler {
  const upTo = (limit: number) => raw({ type: () => true, limit, inflate: false });
  const [readUsual, readLong] = [upTo(BODY_MAX_BYTES), upTo(ALONG_MAX_BYTES)];
  const read: RequestHandler = async (request, response, settle) => {
    if (!isKnown || !mayBeLong(request)) return readUsual(request, response, settle);
    try {
      if (await isKnown(request, response)) return readLong(request, response, settle);
      response.status(401).set('www-authenticate', 'Bearer');
    } catch (error) {
      // The database is away, or what decides it is broken: nobody is let in by that.
      response.status(503);
      settle(error);
      return;
    }
    refuseUnread(request, response, BODY_MAX_BYTES);
    settle(new Error('a long body from nobody known'));
  };
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
    void read(request, response, settle);
  };
}

/** Pictures may come along, and it is not said that they do not. */
const mayBeLong = ({ path, method, headers }: Request): boolean =>
  method === 'POST' &&
  path === '/api/v1/generations' &&
  !(Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) <= BODY_MAX_BYTES);
