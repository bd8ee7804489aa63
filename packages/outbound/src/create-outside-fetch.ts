import type { LookupFunction } from 'node:net';
import { Client } from 'undici';
import type { AllowedHost } from './allowed-hosts.ts';
import { type JudgedUrl, judgeUrl } from './judge-url.ts';
import { type OutsideAnswer, OutsideError, type OutsideFetch, type OutsideRequest } from './port.ts';
import { readDecoded } from './read-decoded.ts';
import { type Pinned, pinHost, type Resolve, systemResolve } from './resolve-host.ts';

export type OutsideOptions = {
  /** Private or odd targets that people may use all the same. */
  allowed?: readonly AllowedHost[];
  resolve?: Resolve;
};

const MAX_HEADER_BYTES = 16_384;
const CONNECT_MS = 5_000;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What only we may say, or what would make us carry somebody's state. */
const OURS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'cookie',
  'upgrade',
]);

/**
 * The door for addresses that people give us. It resolves the name itself, refuses whatever is not public, and
 * connects to exactly the address it checked: a name that changes its mind (DNS rebinding) is not asked again.
 */
export function createOutsideFetch({ allowed = [], resolve = systemResolve }: OutsideOptions = {}): OutsideFetch {
  const ask = async (address: string, request: OutsideRequest): Promise<OutsideAnswer> => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), request.totalMs);
    const signal = request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal;
    const rules = { allowed, httpsOnly: request.httpsOnly ?? false };
    const follows = request.method === undefined || request.method === 'GET' || request.method === 'HEAD';
    try {
      let left = follows ? (request.redirects ?? 3) : 0;
      let headers = request.headers ?? {};
      let judged = judgeUrl(address, rules);
      for (;;) {
        const pinned = await before(signal, pinHost(judged, resolve));
        const answer = await askOnce(judged, pinned, { ...request, headers }, signal);
        const next =
          REDIRECTS.has(answer.status) && follows && request.redirects !== 0 && answer.headers.get('location');
        if (!next) return { ...answer, url: judged.url.href };
        if (left === 0) throw new OutsideError('redirected', 'The address leads from one redirect to the next.');
        left -= 1;
        const target = URL.parse(next, judged.url);
        if (!target) throw new OutsideError('redirected', 'The address redirects to something that is not an address.');
        // What was meant for one host is nobody else's business.
        if (target.origin !== judged.url.origin) headers = {};
        judged = judgeUrl(target.href, rules);
      }
    } catch (error) {
      request.signal?.throwIfAborted();
      if (deadline.signal.aborted) {
        throw new OutsideError('timed_out', `There was no whole answer within ${request.totalMs / 1000} seconds.`);
      }
      if (error instanceof OutsideError) throw error;
      throw new OutsideError('unreachable', `The host could not be reached (${codeOf(error)}).`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };
  return Object.assign(ask, {
    judge: (address: string, { httpsOnly = false }: Pick<OutsideRequest, 'httpsOnly'> = {}) =>
      void judgeUrl(address, { allowed, httpsOnly }),
  });
}

async function askOnce({ url }: JudgedUrl, pinned: Pinned, request: OutsideRequest, signal: AbortSignal) {
  const { method = 'GET', body, maxBytes, excess = 'refuse' } = request;
  const client = new Client(url.origin, {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 0,
    connect: { lookup: lookupOf(pinned), timeout: CONNECT_MS },
  });
  try {
    const answer = await client.request({
      method,
      path: url.pathname + url.search,
      headers: {
        'user-agent': 'Remixify',
        ...Object.fromEntries(Object.entries(request.headers ?? {}).filter(([name]) => !OURS.has(name.toLowerCase()))),
        'accept-encoding': 'identity',
      },
      body: body ?? null,
      signal,
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      // Nobody here keeps a cookie.
      if (value !== undefined && name !== 'set-cookie') headers.set(name, String(value));
    }
    const encoding = (headers.get('content-encoding') ?? '').trim().toLowerCase();
    const limits = { maxBytes, excess, signal };
    return { status: answer.statusCode, headers, ...(await readDecoded(answer.body, encoding, limits)) };
  } finally {
    // Not awaited: what is left of an answer must not hold anybody up.
    client.destroy().catch(() => {});
  }
}

/** Answers with what was checked, whatever name is asked for. */
function lookupOf(pinned: Pinned): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) return callback(null, pinned);
    callback(null, pinned[0]!.address, pinned[0]!.family);
  };
}

/** A resolver cannot be stopped, only left. */
function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => {});
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', giveUp));
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error ? cause.name : 'unknown';
}
