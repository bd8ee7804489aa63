import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { signal } from '@repo/telemetry';
import type { Request, RequestHandler, Response } from 'express';
import type { WebHandler } from './create-http-app.ts';
import { newScope, runInScope } from './request-scope.ts';

/** What everybody without a session is answered alike. */
const PATHS = new Set(['/api/trpc/ads.feed', '/api/v1/feed']);
/** Half of the two seconds that an answer may be old; the other half is what browsers and proxies may keep it. */
const FRESH_MS = 1_000;
const CACHE_CONTROL = 'public, max-age=1';
const VARY = 'Cookie, Authorization, X-Api-Key, Origin';
const MOST_ANSWERS = 200;
const MOST_ADDRESS_CHARS = 600;

/** Its headers are put together once: with it, and without it for whoever has it already. */
type Answer = { bytes: Buffer; etag: string; head: OutgoingHttpHeaders; headIfKnown: OutgoingHttpHeaders };
type Entry = { since: number; answer: Promise<Answer | null>; ready: Answer | null };

export type PublicBytesOptions = {
  /** Makes the answer: the same handler that answers everybody else. */
  api: WebHandler;
  /** Headers of every answer, which say what this site never does. */
  headers: Record<string, string>;
  /** Reads the session's cookie: whoever has one may be answered differently. */
  hasSession(cookies: string): boolean;
  /** Milliseconds that only go forward. */
  clock?: () => number;
};

/**
 * Answers reads of the public feed by whoever has neither a session nor a key from bytes that are made once a second,
 * by one of those who ask. Everything else passes.
 */
export function publicBytes({ api, headers, hasSession, clock = () => performance.now() }: PublicBytesOptions) {
  const entries = new Map<string, Entry>();

  const entryFor = (request: Request, key: string): Entry => {
    const known = entries.get(key);
    const hit = known !== undefined && clock() - known.since < FRESH_MS;
    signal({ type: 'cache', cache: 'public_feed', hit });
    if (hit) return known;
    const entry: Entry = { since: clock(), answer: make(api, request, headers), ready: null };
    entry.answer.then((answer) => {
      entry.ready = answer;
    });
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > MOST_ANSWERS) entries.delete(entries.keys().next().value!);
    return entry;
  };

  const handler: RequestHandler = (request, response, next) => {
    const key = keyOf(request, hasSession);
    if (key === null) return next();
    const entry = entryFor(request, key);
    if (entry.ready) return send(request, response, entry.ready);
    entry.answer.then((answer) => (answer ? send(request, response, answer) : next()), next);
  };
  return handler;
}

/** Names what is asked, whatever the order of its parameters; null for what is answered one by one. */
function keyOf(request: Request, hasSession: (cookies: string) => boolean): string | null {
  if (request.method !== 'GET' || request.url.length > MOST_ADDRESS_CHARS) return null;
  const mark = request.url.indexOf('?');
  const path = mark < 0 ? request.url : request.url.slice(0, mark);
  if (!PATHS.has(path)) return null;
  const { cookie, authorization, 'x-api-key': key, accept, origin } = request.headers;
  // Another site's script is told by name whether it may read.
  if (authorization || key || origin || (cookie && hasSession(cookie)) || accept?.includes('event-stream')) return null;
  const parts = mark < 0 ? [] : request.url.slice(mark + 1).split('&');
  return `${request.askedOrigin}${path}?${parts.length > 1 ? parts.toSorted().join('&') : (parts[0] ?? '')}`;
}

/** Asked as nobody, from nowhere. Null when it is no success: then everybody is told by themselves. */
function make(api: WebHandler, request: Request, headers: Record<string, string>): Promise<Answer | null> {
  const asked = new globalThis.Request(`${request.askedOrigin}${request.url}`);
  return runInScope(newScope(), async () => {
    try {
      const answer = await api(asked);
      if (answer.status !== 200 || answer.headers.has('set-cookie')) return null;
      const bytes = Buffer.from(await answer.arrayBuffer());
      const etag = answer.headers.get('etag') ?? `W/"${createHash('sha1').update(bytes).digest('base64url')}"`;
      const headIfKnown = { ...headers, 'cache-control': CACHE_CONTROL, vary: VARY, etag };
      const type = answer.headers.get('content-type') ?? 'application/json';
      return {
        bytes,
        etag,
        headIfKnown,
        head: { ...headIfKnown, 'content-type': type, 'content-length': bytes.length },
      };
    } catch {
      return null;
    }
  });
}

function send(request: Request, response: Response, { bytes, etag, head, headIfKnown }: Answer) {
  const known = request.headers['if-none-match'];
  if (known !== undefined && isAmong(known, etag)) response.writeHead(304, headIfKnown).end();
  else response.writeHead(200, head).end(bytes);
}

const bare = (tag: string) => tag.trim().replace(/^W\//, '');

const isAmong = (list: string, etag: string): boolean =>
  list.trim() === '*' || list.split(',').some((tag) => bare(tag) === bare(etag));
