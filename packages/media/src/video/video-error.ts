const MARK = Symbol.for('@repo/media/video-error');

/**
 * What went wrong with a film. `invalid`: the film (or what was asked) cannot be used; `misconfigured`: this machine has
 * no encoder; `timed_out`: it took too long; `failed`: the encoder broke.
 */
export type VideoFault = 'invalid' | 'misconfigured' | 'timed_out' | 'failed';

export class VideoError extends Error {
  override readonly name = 'VideoError';
  readonly [MARK] = true;
  readonly fault: VideoFault;

  constructor(fault: VideoFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.fault = fault;
  }

  /** Recognised by a mark, not `instanceof`: a reloaded module owns a second copy of the class. */
  static is(error: unknown): error is VideoError {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}
