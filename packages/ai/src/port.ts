/** The door every model stands behind: our words, never a vendor's. Browser-safe, no imports. */

/** A picture as bytes with its media type. */
export type Picture = { bytes: Uint8Array; mimeType: string };

export type AspectRatio = '1:1' | '4:5' | '9:16' | '16:9' | '3:2';

/** What is asked of a picture model. `seed` makes a deterministic model repeat itself. */
export type MediaRequest =
  | { kind: 'image.edit'; prompt: string; image: Picture; seed: number }
  | { kind: 'image.create'; prompt: string; aspectRatio: AspectRatio; seed: number };

/** `notes` are plain sentences for the person who asked, such as "I could not do: …". */
export type MediaResult = { outputs: Picture[]; notes: string[]; text?: string };

/** Where a generation stands. `ref` is the provider's own handle: store it, never read into it. */
export type MediaProgress = { state: 'pending'; ref: string; askAgainInMs: number } | ({ state: 'done' } & MediaResult);

export type MediaCall = {
  /** Ends the call; an adapter must settle soon after it fires. */
  signal?: AbortSignal;
  /** True progress only: `fraction` is 0 to 1, `doing` a short phrase ("Painting snow"). */
  onProgress?: (fraction: number, doing: string) => void;
};

/** A model that makes pictures or films. Slow ones answer `pending` and are asked again by `poll`. */
export interface MediaModel {
  /** Provider and model id, such as `google/gemini-3.1-flash-image`. */
  readonly name: string;
  start(request: MediaRequest, call?: MediaCall): Promise<MediaProgress>;
  poll(ref: string, call?: MediaCall): Promise<MediaProgress>;
}

export type ProviderFailure =
  | 'refused'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable'
  | 'timed_out'
  | 'misconfigured'
  | 'empty';

const RETRYABLE: ReadonlySet<ProviderFailure> = new Set(['rate_limited', 'unavailable']);
const MARK = Symbol.for('@repo/ai/provider-error');

export type ProviderErrorOptions = {
  /** For logs and operators; may hold a vendor's words. */
  detail?: string;
  /** How long the vendor asked us to wait. */
  retryAfterMs?: number;
  /** True when the vendor may have taken (and billed) the request although no answer came back. */
  maybeTaken?: boolean;
  cause?: unknown;
};

/** The only error an adapter may throw. Callers branch on `reason`, never on a vendor's status or text. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly [MARK] = true;
  readonly provider: string;
  readonly reason: ProviderFailure;
  readonly detail: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly maybeTaken: boolean;

  constructor(provider: string, reason: ProviderFailure, options: ProviderErrorOptions = {}) {
    super(`${provider}: ${reason}${options.detail ? ` (${options.detail})` : ''}`, { cause: options.cause });
    this.provider = provider;
    this.reason = reason;
    this.detail = options.detail;
    this.retryAfterMs = options.retryAfterMs;
    this.maybeTaken = options.maybeTaken ?? false;
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
