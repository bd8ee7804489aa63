import { PICTURE_SENTENCES, type PictureRule } from './rules.ts';

const MARK = Symbol.for('@repo/media/picture-error');

/** A file that may not be used. `rule` is what it broke, `message` the sentence for the person who chose it. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly [MARK] = true;
  readonly rule: PictureRule;

  constructor(rule: PictureRule, options: { cause?: unknown } = {}) {
    super(PICTURE_SENTENCES[rule], options);
    this.rule = rule;
  }

  /** Recognised by a mark, not `instanceof`: a reloaded module owns a second copy of the class. */
  static is(error: unknown): error is PictureError {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}

/** Translates what sharp threw: its time-out, else `otherwise`, else the error itself flies on (a fault of ours). */
export function throwAsPictureError(cause: unknown, otherwise?: PictureRule): never {
  if (cause instanceof Error && /^timeout: /m.test(cause.message)) throw new PictureError('too_slow', { cause });
  if (otherwise) throw new PictureError(otherwise, { cause });
  throw cause;
}
