import { APIError } from '@anthropic-ai/sdk';
import { z } from 'zod';
import { retryAfterOf } from '../call/explain-call.ts';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../port.ts';

const Refusal = z.object({
  error: z.object({
    type: z.string().catch(''),
    message: z.string().catch(''),
    details: z.object({ error_code: z.string().nullish() }).nullish().catch(undefined),
  }),
});
type VendorError = { type: string; message: string; code: string };

/** What an error status of Anthropic's means. */
export function explainAnthropicStatus(
  provider: string,
  cause: unknown,
  status: number,
  headers: Headers | undefined,
): ProviderError {
  const error = readVendorError(cause);
  // No cause: Anthropic's own words may name the key, and a logged cause would escape the cleaning of `detail`.
  const fail = (reason: ProviderFailure, options: ProviderErrorOptions = {}) =>
    new ProviderError(provider, reason, { detail: `${status} ${error.message}`.trim().slice(0, 1000), ...options });

  if (isAccountTrouble(error) || status === 402) return fail('misconfigured');
  if (status === 429) return fail('rate_limited', { retryAfterMs: retryAfterOf(headers) });
  // 524: a gateway's own time-out.
  if (status === 408 || status === 504 || status === 524) return fail('timed_out', { maybeTaken: true });
  // A gateway between us and the vendor lost the answer; the vendor itself says 500, 503 or 529 and takes nothing.
  if (status === 502 || status === 499 || status === 520) return fail('unavailable', { maybeTaken: true });
  if (status >= 500 || status === 409) return fail('unavailable', { retryAfterMs: retryAfterOf(headers) });
  if (status === 401 || status === 403 || status === 404 || status < 400) return fail('misconfigured');
  return fail('invalid');
}

/** An error in the midst of a stream; before the message began it is the status that it would have been. */
export function explainStreamError(provider: string, body: unknown, hasBegun: boolean): ProviderError {
  const error = toVendorError(body);
  const detail = `${error.type} in the stream: ${error.message}`.slice(0, 1000);
  if (isAccountTrouble(error)) return new ProviderError(provider, 'misconfigured', { detail });
  if (hasBegun) return new ProviderError(provider, 'unavailable', { detail, maybeTaken: true });
  const reason = REASONS.get(error.type);
  return new ProviderError(provider, reason ?? 'unavailable', { detail, maybeTaken: reason === undefined });
}

const REASONS: ReadonlyMap<string, ProviderFailure> = new Map([
  ['overloaded_error', 'unavailable'],
  ['api_error', 'unavailable'],
  ['rate_limit_error', 'rate_limited'],
  ['invalid_request_error', 'invalid'],
  ['authentication_error', 'misconfigured'],
  ['permission_error', 'misconfigured'],
  ['not_found_error', 'misconfigured'],
]);

function readVendorError(cause: unknown): VendorError {
  if (!(cause instanceof APIError)) return { type: '', message: '', code: '' };
  const error = toVendorError(cause.error);
  // An error page of something in between: its words are all there is.
  return error.message ? error : { ...error, message: cause.message.replace(/^\d{3} /, '') };
}

function toVendorError(body: unknown): VendorError {
  const { data } = Refusal.safeParse(body);
  return {
    type: data?.error.type ?? '',
    message: data?.error.message ?? '',
    code: data?.error.details?.error_code ?? '',
  };
}

/** Codes that come with an ordinary 400, 403 or 429 but are the operator's to mend: waiting does not help. */
const ACCOUNT_CODES: ReadonlySet<string> = new Set([
  'organization_on_hold',
  'organization_type_not_supported',
  'parent_organization_required',
  'user_profile_required',
  'cmek_key_disabled',
  'cmek_key_network_blocked',
  'claude_code_key_creator_not_member',
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
]);

/** A credit that is used up, or a limit of money the owner has set, comes as an ordinary 400. */
const isAccountTrouble = ({ type, message, code }: VendorError): boolean =>
  type === 'billing_error' ||
  ACCOUNT_CODES.has(code) ||
  /credit balance|plans & billing|usage limits|spend(ing)? limit|organization has been disabled/i.test(message);
