const MARK = Symbol.for('@repo/domain/error');

export type DomainErrorCode =
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'quota_exceeded'
  | 'out_of_credits'
  | 'invalid'
  | 'sign_up_first';

/**
 * A refusal the caller can act on; its message is safe to show. Anything else thrown is a bug.
 * Recognised by a mark, not `instanceof`: dev servers reload modules and would own two copies of the class.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly [MARK] = true;
  readonly code: DomainErrorCode;
  readonly details: Record<string, string | number>;

  constructor(code: DomainErrorCode, message: string, details: Record<string, string | number> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  static is(error: unknown): error is DomainError {
    return typeof error === 'object' && error !== null && MARK in error;
  }
}

export const notFound = (noun: string) => new DomainError('not_found', `There is no such ${noun}.`, { noun });
