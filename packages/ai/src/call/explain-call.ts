import { inspect } from 'node:util';
import { z } from 'zod';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../provider-error.ts';
import type { CallTrace } from './watch-call.ts';

/** What a vendor's error status means, in our words: each adapter knows its own vendor's. */
export type ExplainStatus = (status: number, headers: Headers | undefined, cause: unknown) => ProviderError;

/** Whatever a call threw, in our words. What is known of the call itself counts more than the error's class. */
export function explainCall(
  provider: string,
  cause: unknown,
  trace: CallTrace,
  explainStatus: ExplainStatus,
): ProviderError {
  if (ProviderError.is(cause)) return cause;
  if (trace.status !== undefined && (trace.status < 200 || trace.status > 299)) {
    return explainStatus(trace.status, trace.headers, cause);
  }
  const fail = (reason: ProviderFailure, options: ProviderErrorOptions) =>
    new ProviderError(provider, reason, { cause, ...options });

  if (!trace.sent) {
    if (trace.endedBy) return fail('unavailable', { detail: `${trace.endedBy} before anything was sent` });
    // The SDK could not even build the request: a base address or a key that no header can carry.
    return fail('misconfigured', { detail: 'the request could not be made', cause: undefined });
  }
  if (trace.endedBy === 'size') return fail('unavailable', { detail: 'the answer was too large', maybeTaken: true });
  if (trace.endedBy) return fail('timed_out', { detail: `ended by ${trace.endedBy}`, maybeTaken: true });
  if (trace.status !== undefined)
    return fail('unavailable', { detail: `a broken answer: ${wordsOf(cause)}`, maybeTaken: true });

  const { code, syscall } = networkFaultOf(cause);
  if (NEVER_CONNECTED.has(code) || syscall === 'connect') return fail('unavailable', { detail: code });
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/.test(code)) return fail('misconfigured', { detail: code });
  return fail('unavailable', { detail: code || wordsOf(cause), maybeTaken: true });
}

const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** fetch says only "fetch failed"; the code lies one or two causes below, or in the first of several tries. */
function networkFaultOf(error: unknown): { code: string; syscall?: string } {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const found = NetworkFault.safeParse(at instanceof AggregateError ? at.errors[0] : at);
    if (found.success) return found.data;
    at = at.cause;
  }
  return { code: '' };
}

const NetworkFault = z.object({ code: z.string(), syscall: z.string().optional() });

export const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500);

/** The wait a `retry-after` header asks for, in milliseconds: it comes in seconds or as a date. */
export function retryAfterOf(headers: Headers | undefined): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const header = headers?.get('retry-after') ?? '';
  const wait = Number.isFinite(milliseconds)
    ? milliseconds
    : /^\d+(\.\d+)?$/.test(header)
      ? Number(header) * 1000
      : Date.parse(header) - Date.now();
  return Number.isFinite(wait) && wait >= 0 ? Math.round(wait) : undefined;
}

/**
 * The same error without a secret that the vendor named in its message, or an SDK kept in what it threw.
 * Its cause goes then: logs print causes.
 */
export function withoutSecret(error: ProviderError, secret: string): ProviderError {
  if (!secret || !inspect(error, { depth: 8 }).includes(secret)) return error;
  const { provider, reason, retryAfterMs, maybeTaken, isLost, isOver } = error;
  const detail = error.detail?.replaceAll(secret, '[key]');
  const said = error.said?.replaceAll(secret, '[key]');
  return new ProviderError(provider, reason, { detail, retryAfterMs, maybeTaken, said, isLost, isOver });
}

/** The same error of a call that costs nothing, such as a poll: whatever became of it, it is safe to repeat. */
export function ofFreeCall(error: ProviderError): ProviderError {
  if (!error.maybeTaken) return error;
  const { provider, reason, detail, said, retryAfterMs, isLost, isOver, cause } = error;
  return new ProviderError(provider, reason, { detail, said, retryAfterMs, isLost, isOver, cause });
}
