import type { CallTimeouts } from '../src/call/watch-call.ts';
import { ProviderError, type ProviderFailure } from '../src/port.ts';

export type Wanted = { reason: ProviderFailure; isRetryable: boolean; maybeTaken: boolean; retryAfterMs?: number };

const no = (reason: ProviderFailure): Wanted => ({ reason, isRetryable: false, maybeTaken: false });
const later = (reason: ProviderFailure, retryAfterMs?: number): Wanted => ({
  reason,
  isRetryable: true,
  maybeTaken: false,
  ...(retryAfterMs && { retryAfterMs }),
});
const lost = (reason: ProviderFailure): Wanted => ({ reason, isRetryable: false, maybeTaken: true });

/** What a vendor can do to any adapter, and the one word for it. */
export const FAILURES = {
  /** A refusal hidden in an OK, in the vendor's commonest way. */
  refuses: no('refused'),
  /** An OK without a result: no candidates, no content, polite words in place of a picture. */
  'says nothing': no('empty'),
  /** 400, the request's own fault. */
  'rejects the request': no('invalid'),
  /** 401; its words name the key where the vendor's do. */
  'rejects the key': no('misconfigured'),
  /** 403; its words name the key where the vendor's do. */
  'forbids the model': no('misconfigured'),
  /** 404. */
  'has retired the model': no('misconfigured'),
  /** 408. */
  'times out': lost('timed_out'),
  /** 429 without a time to wait. */
  'limits the rate': later('rate_limited'),
  /** 429 with `retry-after: 7`. */
  'limits the rate for 7 seconds': later('rate_limited', 7000),
  /** 500. */
  breaks: later('unavailable'),
  /** 503. */
  'is down': later('unavailable'),
  /** Nobody listens at the port. */
  'cannot be reached': later('unavailable'),
  /** Takes the request, then a TCP reset. */
  'resets before its answer': lost('unavailable'),
  /** Headers and half a body (a stream: one delta), then a TCP reset. */
  'resets in its answer': lost('unavailable'),
  /** Headers and half a body (a stream: one delta), then silence. */
  'stalls in its answer': lost('timed_out'),
  /** Status 200 and a body that ends in order, half-way through its JSON (a stream: through an event). */
  'truncates its JSON': lost('unavailable'),
  /** Status 200, text/html. */
  'answers with a web page': lost('unavailable'),
  /** Well-formed, but beyond the adapter's limit for an answer. */
  'sends a huge answer': lost('unavailable'),
  /** Takes the request and never answers. */
  hangs: lost('timed_out'),
} as const satisfies Record<string, Wanted>;
export type FailingMood = keyof typeof FAILURES;

/** `answers slowly`: late headers, then the body in pieces, within the limits. */
export type AnsweringMood = 'answers' | 'answers slowly';

export type MediaMood = AnsweringMood | FailingMood | 'sends no picture bytes';
export const MEDIA_FAILURES = {
  ...FAILURES,
  /** A whole answer whose picture or film is some other bytes. */
  'sends no picture bytes': lost('unavailable'),
} as const satisfies Record<Exclude<MediaMood, AnsweringMood>, Wanted>;

export type TextMood =
  | AnsweringMood
  | FailingMood
  /** `text.structured` only: the object in a ```json fence. */
  | 'fences its JSON'
  /** `text.structured` only: the object with a sentence before and after it. */
  | 'wraps its JSON in prose'
  /** `text.structured` only: `SAMPLE_WORDS` and no JSON. */
  | 'answers without JSON'
  /** `text.stream` only: one delta, then the body ends in order, without the vendor's last event. */
  | 'cuts its stream between events';

/** The moods that end by a limit get short ones; the others keep the adapter's own. */
export const timeoutsFor = (mood: MediaMood | TextMood): Partial<CallTimeouts> => {
  if (mood === 'hangs') return { firstByteMs: 300 };
  if (mood === 'stalls in its answer') return { stallMs: 300 };
  return {};
};

/** What a call threw; anything but a `ProviderError` (or a success) fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const thrown: unknown = await call.then(
    () => new Error('it succeeded'),
    (error: unknown) => error,
  );
  if (!ProviderError.is(thrown)) throw thrown;
  return thrown;
}
