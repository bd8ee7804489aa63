import { ApiError } from '@google/genai';
import { z } from 'zod';
import { retryAfterOf } from '../call/explain-call.ts';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../port.ts';

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

/** What Google's error statuses mean; for Gemini and Vertex alike. */
export function explainGoogleStatus(
  provider: string,
  cause: unknown,
  status: number,
  headers: Headers | undefined,
): ProviderError {
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
  const waits = [
    ...details.map(({ retryDelay }) => Number.parseFloat(retryDelay ?? '') * 1000),
    retryAfterOf(headers) ?? Number.NaN,
  ].filter((ms) => Number.isFinite(ms) && ms >= 0);
  return waits.length > 0 ? Math.round(Math.max(...waits)) : undefined;
}
