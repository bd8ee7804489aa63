import { APIError } from '@letta-ai/letta-client';
import { z } from 'zod';
import { retryAfterOf } from '../call/explain-call.ts';
import { ProviderError, type ProviderErrorOptions, type ProviderFailure } from '../port.ts';

const Refusal = z.object({
  detail: z.unknown().optional(),
  error: z.unknown().optional(),
  message: z.unknown().optional(),
  reasons: z.array(z.string()).catch([]),
});

type Status = {
  cause: unknown;
  status: number;
  headers: Headers | undefined;
  doing: 'ask' | 'write' | 'read';
};

/** What an error status of Letta's means; where it makes a difference, for what was being done. */
export function explainLettaStatus(provider: string, { cause, status, headers, doing }: Status): ProviderError {
  const { words, reasons } = readVendorError(cause);
  // No cause: Letta's own words may name the key, and a logged cause would escape the cleaning of `detail`.
  const fail = (reason: ProviderFailure, options: ProviderErrorOptions = {}) =>
    new ProviderError(provider, reason, { detail: `${status} ${words}`.trim().slice(0, 1000), ...options });
  const retryAfterMs = retryAfterOf(headers);

  if (status === 402 || reasons.some((reason) => SPENT.test(reason))) return fail('misconfigured');
  if (status === 429) return fail('rate_limited', { retryAfterMs });
  // 524: the time-out of the gateway before Letta's cloud; the agent works on behind it.
  if (status === 408 || status === 504 || status === 524) return fail('timed_out', { maybeTaken: true });
  if (status === 502 || status === 499 || status === 520) return fail('unavailable', { maybeTaken: true });
  // An agent's first steps are paid and kept although a later one breaks.
  if (status === 500) return fail('unavailable', { maybeTaken: doing === 'ask', retryAfterMs });
  if (status > 500) return fail('unavailable', { retryAfterMs });
  // The agent is at work for somebody else, or stands still until its tool is approved.
  if (status === 409) return fail(/approval/i.test(words) ? 'misconfigured' : 'unavailable', { retryAfterMs });
  // The agent is there, as far as the words tell; a block of that label is not.
  if (status === 404 && doing === 'write' && /\bblock\b/i.test(words)) return fail('invalid');
  if (status === 401 || status === 403 || status === 404 || status < 400) return fail('misconfigured');
  return fail('invalid');
}

/** Limits of a plan, not of a minute: they come with 429 as well, and waiting does not help. */
const SPENT = /-exceeded$|exceeded-quota|not-enough-credits|not-supported$/;

function readVendorError(cause: unknown): { words: string; reasons: readonly string[] } {
  if (!(cause instanceof APIError)) return { words: '', reasons: [] };
  const { data } = Refusal.safeParse(cause.error);
  const told = data?.detail ?? data?.error ?? data?.message;
  // An error page of something in between: its words are all there is.
  const words = told === undefined ? cause.message.replace(/^\d{3} /, '') : inWords(told);
  const reasons = data?.reasons ?? [];
  return { words: [words, ...reasons].join(' '), reasons };
}

const inWords = (told: unknown): string => (typeof told === 'string' ? told : JSON.stringify(told));
