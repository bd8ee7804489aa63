import type { Usage } from './port.ts';

export const PROVIDER_FAILURES = [
  'refused',
  'invalid',
  'rate_limited',
  'unavailable',
  'timed_out',
  'misconfigured',
  'empty',
] as const;
export type ProviderFailure = (typeof PROVIDER_FAILURES)[number];

const RETRYABLE: ReadonlySet<ProviderFailure> = new Set(['rate_limited', 'unavailable']);
const MARK = Symbol.for('@repo/ai/provider-error');

export type ProviderErrorOptions = {
  /** For logs and operators; may hold a vendor's words. */
  detail?: string | undefined;
  /** What the model itself said or saw instead of a result: offered to the person who asked. */
  said?: string | undefined;
  /** How long the vendor asked us to wait. */
  retryAfterMs?: number | undefined;
  /** True when the vendor may have taken (and billed) the request although no answer came back. */
  maybeTaken?: boolean | undefined;
  /** True when the vendor knows nothing (any more) of a handle it gave us. */
  isLost?: boolean | undefined;
  /** True when the operation behind a handle has ended in this error: asking for it again says the same. */
  isOver?: boolean | undefined;
  /** What it took although nothing came of it, as far as the vendor says. */
  usage?: Usage | undefined;
  cause?: unknown;
};

/** The only error an adapter may throw. Callers branch on `reason`, never on a vendor's status or text. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly [MARK] = true;
  readonly provider: string;
  readonly reason: ProviderFailure;
  readonly detail: string | undefined;
  readonly said: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly maybeTaken: boolean;
  readonly isLost: boolean;
  readonly isOver: boolean;
  readonly usage: Usage | undefined;

  constructor(provider: string, reason: ProviderFailure, options: ProviderErrorOptions = {}) {
    super(`${provider}: ${reason}${options.detail ? ` (${options.detail})` : ''}`, { cause: options.cause });
    this.provider = provider;
    this.reason = reason;
    this.detail = options.detail;
    this.said = options.said;
    this.retryAfterMs = options.retryAfterMs;
    this.maybeTaken = options.maybeTaken ?? false;
    this.isLost = options.isLost ?? false;
    this.isOver = options.isOver ?? false;
    this.usage = options.usage;
  }

  /** A paid request that may have been taken is never sent again blindly, whatever its reason. */
  get isRetryable(): boolean {
    return RETRYABLE.has(this.reason) && !this.maybeTaken;
  }

  /** Recognised by a mark, not `instanceof`: a reloaded module owns a second copy of the class. */
  static is(error: unknown): error is ProviderError {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}
