import { APIError } from 'openai';
import { z } from 'zod';
import { retryAfterOf } from '../call/explain-call.ts';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../port.ts';

const Filtered = z.record(z.string(), z.object({ filtered: z.boolean().optional() }).catch({}));
const Inner = z.object({
  code: z.string().nullish(),
  // Chat says it in the singular, pictures in the plural.
  content_filter_result: Filtered.nullish().catch(undefined),
  content_filter_results: Filtered.nullish().catch(undefined),
});
const Words = z.object({
  message: z.string().catch(''),
  // Azure also sends the status here, gateways a number.
  code: z.coerce.string().nullish().catch(undefined),
  type: z.string().nullish().catch(undefined),
  innererror: Inner.nullish().catch(undefined),
  inner_error: Inner.nullish().catch(undefined),
});
type VendorError = { message: string; codes: string; filtered: string[] };

/** What the error statuses of OpenAI and Azure OpenAI mean. */
export function explainOpenAiStatus(
  provider: string,
  cause: unknown,
  status: number,
  headers: Headers | undefined,
): ProviderError {
  const error = readVendorError(cause);
  // No cause: the vendor's own words may name the key, and a logged cause would escape the cleaning of `detail`.
  const fail = (reason: ProviderFailure, options: ProviderErrorOptions = {}) =>
    new ProviderError(provider, reason, { detail: detailOf(error, status), ...options });

  if (status < 500) {
    if (isRefusal(error)) return fail('refused');
    if (isAccountTrouble(error)) return fail('misconfigured');
  }
  switch (status) {
    case 408:
    case 504:
    case 524:
      return fail('timed_out', { maybeTaken: true });
    case 409:
      // The same key is on its way already.
      return fail('unavailable', { maybeTaken: true });
    case 429:
      // One request beyond a minute's whole allowance: no waiting mends it.
      if (/^request too large/i.test(error.message)) return fail('invalid');
      return fail('rate_limited', { retryAfterMs: askedToWaitMs(error, headers) });
    case 499:
    case 502:
    case 520:
      // A gateway between us and the vendor lost the answer; the vendor itself says 500 or 503 and takes nothing.
      return fail('unavailable', { maybeTaken: true });
    case 401:
    case 402:
    case 403:
    case 404:
      return fail('misconfigured');
    default:
      if (status >= 500 || status === 424) return fail('unavailable', { retryAfterMs: retryAfterOf(headers) });
      return fail(status < 400 ? 'misconfigured' : 'invalid');
  }
}

/** An error told after a 200, in an event of a stream or in place of an answer: only its codes say what it is. */
export function explainErrorWithin(provider: string, told: unknown, headers: Headers | undefined): ProviderError {
  const error = readWords(told, 'an error within the answer');
  const detail = detailOf(error);
  if (isRefusal(error)) return new ProviderError(provider, 'refused', { detail });
  if (isAccountTrouble(error)) return new ProviderError(provider, 'misconfigured', { detail });
  const reason = /rate_limit|^429/.test(error.codes) ? 'rate_limited' : 'unavailable';
  return new ProviderError(provider, reason, { detail, maybeTaken: true, retryAfterMs: retryAfterOf(headers) });
}

/** What a 200 told in place of an answer: the event that the SDK threw, or the whole body. Undefined if nothing. */
export function errorWithin(thrownOrAnswered: unknown): unknown {
  if (thrownOrAnswered instanceof APIError && thrownOrAnswered.status !== undefined) return undefined;
  const told = ErrorWithin.safeParse(thrownOrAnswered);
  return told.success ? told.data.error : undefined;
}

const ErrorWithin = z.object({ error: z.union([z.string().min(1), z.looseObject({})]) });

const readVendorError = (cause: unknown): VendorError =>
  cause instanceof APIError ? readWords(cause.error, cause.message) : readWords(undefined, '');

function readWords(told: unknown, otherwise: string): VendorError {
  const parsed = Words.safeParse(told);
  if (!parsed.success) return { message: typeof told === 'string' ? told : otherwise, codes: '', filtered: [] };
  const { message, code, type, innererror, inner_error } = parsed.data;
  const inner = innererror ?? inner_error;
  const verdicts = Object.entries(inner?.content_filter_result ?? inner?.content_filter_results ?? {});
  return {
    message,
    codes: [code, type, inner?.code].filter(Boolean).join(' '),
    filtered: verdicts.filter(([, { filtered }]) => filtered).map(([category]) => category),
  };
}

/** Words for operators: the vendor's, and the categories that its filter struck at. */
function detailOf({ message, codes, filtered }: VendorError, status?: number): string {
  const words = [status, message || codes, filtered.length > 0 && `(${filtered.join(', ')})`];
  return words.filter(Boolean).join(' ').slice(0, 1000);
}

const isRefusal = ({ codes, message }: VendorError): boolean =>
  /moderation_blocked|content_?policy|content_?filter|policy_violation|ResponsibleAI|\binvalid_prompt\b/i.test(codes) ||
  /rejected .{0,20}safety system|content management policy/i.test(message);

/** A spent budget, a closed account or an unverified organization comes as a 400 or a 429 like any other. */
const isAccountTrouble = ({ codes, message }: VendorError): boolean =>
  /insufficient_quota|billing|account_deactivated|access_terminated|invalid_api_key|invalid_organization/i.test(
    codes,
  ) ||
  /model_not_found|DeploymentNotFound|OperationNotSupported|unsupported_country/i.test(codes) ||
  /exceeded your current quota|billing hard limit|organization must be verified/i.test(message);

/** The header, or else the words: "Please try again in 1m7.5s", "Please retry after 6 seconds". */
function askedToWaitMs({ message }: VendorError, headers: Headers | undefined): number | undefined {
  const told = retryAfterOf(headers);
  if (told !== undefined) return told;
  const words =
    /(?:try again in|retry after) ((?:[\d.]+ ?(?:milliseconds?|ms|hours?|h|minutes?|m|seconds?|s) ?)+)/i.exec(message);
  if (!words) return undefined;
  const parts = [...words[1]!.matchAll(/([\d.]+) ?(ms|milli|h|m|s)/g)];
  const ms = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit!] ?? 0), 0);
  return Number.isFinite(ms) ? Math.round(ms) : undefined;
}

const UNIT_MS: Record<string, number> = { ms: 1, milli: 1, s: 1000, m: 60_000, h: 3_600_000 };
