import { ApiError } from '@google/genai';
import { z } from 'zod';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../port.ts';
import type { CallTrace } from './watch-call.ts';

/** Whatever a call threw, in our words. What is known of the call itself counts more than the error's class. */
export function explainFailure(provider: string, cause: unknown, trace: CallTrace): ProviderError {
  if (ProviderError.is(cause)) return cause;
  if (trace.status !== undefined && (trace.status < 200 || trace.status > 299)) {
    return explainStatus(provider, cause, trace.status, trace.headers);
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

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500);

const Refusal = z.object({
  error: z.object({
    message: z.string().catch(''),
    details: z
      .array(
        z.object({
          reason: z.string().optional(),
          retryDelay: z.string().optional(),
          violations: z
            .array(z.object({ quotaId: z.string().optional(), quotaValue: z.string().optional() }))
            .optional(),
        }),
      )
      .catch([])
      .default([]),
  }),
});
type VendorError = z.infer<typeof Refusal>['error'];

function explainStatus(provider: string, cause: unknown, status: number, headers: Headers | undefined): ProviderError {
  const error = readVendorError(cause);
  // No cause: Google's own words may name the key, and a logged cause would escape the cleaning of `detail`.
  const fail = (reason: ProviderFailure, options: ProviderErrorOptions = {}) =>
    new ProviderError(provider, reason, { detail: `${status} ${error.message}`.trim().slice(0, 1000), ...options });

  if (status === 429) {
    return isSpentQuota(error)
      ? fail('misconfigured')
      : fail('rate_limited', { retryAfterMs: askedToWaitMs(error, headers) });
  }
  if (status === 408 || status === 504) return fail('timed_out', { maybeTaken: true });
  // A gateway between us and the vendor lost the answer; the vendor itself says 500 or 503 and takes nothing.
  if (status === 502 || status === 499) return fail('unavailable', { maybeTaken: true });
  if (status >= 500) return fail('unavailable', { retryAfterMs: askedToWaitMs(error, headers) });
  if (status === 401 || status === 403 || status === 404 || status < 400) return fail('misconfigured');
  return fail(isAccountTrouble(error) ? 'misconfigured' : 'invalid');
}

function readVendorError(cause: unknown): VendorError {
  if (!(cause instanceof ApiError)) return { message: '', details: [] };
  try {
    const parsed = Refusal.safeParse(JSON.parse(cause.message));
    if (parsed.success) return parsed.data.error;
  } catch {
    // An error page of something in between: its words are all there is.
  }
  return { message: cause.message, details: [] };
}

/** A bad key, a missing billing account or a closed country come as an ordinary 400. */
function isAccountTrouble({ message, details }: VendorError): boolean {
  return (
    details.some(({ reason }) => reason?.startsWith('API_KEY')) ||
    /api[ _]key|billing|location is not supported/i.test(message)
  );
}

/** A daily quota, or one of zero, is mended by the operator (or midnight), never by trying again in a minute. */
function isSpentQuota({ details }: VendorError): boolean {
  const violations = details.flatMap((detail) => detail.violations ?? []);
  return violations.some(({ quotaId, quotaValue }) => /PerDay/i.test(quotaId ?? '') || quotaValue === '0');
}

/** The longer of Google's `RetryInfo` ("34.07s") and the header, which is in seconds or a date. */
function askedToWaitMs({ details }: VendorError, headers: Headers | undefined): number | undefined {
  const header = headers?.get('retry-after') ?? '';
  const waits = [
    ...details.map(({ retryDelay }) => Number.parseFloat(retryDelay ?? '') * 1000),
    /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now(),
  ].filter((ms) => Number.isFinite(ms) && ms >= 0);
  return waits.length > 0 ? Math.round(Math.max(...waits)) : undefined;
}
