import { DomainError, type DomainErrorCode } from '@repo/domain/errors';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { z } from 'zod';

/** Every way in which a request under `/api/v1` can fail, by its status. */
export const ERROR_CODES = {
  VALIDATION_ERROR: 400,
  UNAUTHORIZED: 401,
  OUT_OF_CREDITS: 402,
  FORBIDDEN: 403,
  SIGN_UP_FIRST: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  TIMEOUT: 408,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  URI_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_CODES;

export type Detail = { field: string; message: string };

/** A failure as it is told: its words are ours and safe to show. */
export class RestFailure extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: Detail[];
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, more: { details?: Detail[]; headers?: Record<string, string> } = {}) {
    super(message);
    this.code = code;
    this.status = ERROR_CODES[code];
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }
}

const OF_DOMAIN = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  quota_exceeded: 'TOO_MANY_REQUESTS',
  out_of_credits: 'OUT_OF_CREDITS',
  invalid: 'VALIDATION_ERROR',
  sign_up_first: 'SIGN_UP_FIRST',
} satisfies Record<DomainErrorCode, ErrorCode>;

/** When to come back where nobody said when: what is full for a month is not full for a second. */
const COME_BACK_SECONDS = 60;

/** What is told of anything that was thrown. Null: a bug, of which nothing is told but that it was. */
export function failureOf(error: unknown): RestFailure | null {
  if (error instanceof RestFailure) return error;
  if (isTrpc(error) && error.cause instanceof RestFailure) return error.cause;
  const refusal = DomainError.is(error) ? error : isTrpc(error) && DomainError.is(error.cause) ? error.cause : null;
  if (refusal) return ofDomain(refusal);
  if (!isTrpc(error) || error.code === 'INTERNAL_SERVER_ERROR') return null;
  const issues = issuesOf(error.cause);
  if (error.code === 'BAD_REQUEST' && issues) {
    return new RestFailure('VALIDATION_ERROR', error.message, { details: issues.map(detailOf) });
  }
  return new RestFailure(codeOf(getHTTPStatusCodeFromError(error)), error.message, headersFor(error));
}

function ofDomain({ code, message, details }: DomainError): RestFailure {
  const { field, retryAfterSeconds } = details;
  return new RestFailure(OF_DOMAIN[code], message, {
    details: typeof field === 'string' ? [{ field, message }] : [],
    headers: code === 'quota_exceeded' ? { 'retry-after': String(retryAfterSeconds ?? COME_BACK_SECONDS) } : {},
  });
}

const headersFor = ({ code }: TRPCError) => ({
  headers: {
    ...(code === 'UNAUTHORIZED' ? { 'www-authenticate': 'Bearer' } : {}),
    ...(code === 'SERVICE_UNAVAILABLE' ? { 'retry-after': '5' } : {}),
    ...(code === 'TOO_MANY_REQUESTS' ? { 'retry-after': String(COME_BACK_SECONDS) } : {}),
  } as Record<string, string>,
});

/** The code that belongs to a status, for failures that come with nothing else. */
export function codeOf(status: number): ErrorCode {
  const known = Object.entries(ERROR_CODES).find(([, one]) => one === status);
  if (known) return known[0] as ErrorCode;
  return status >= 500 ? 'INTERNAL_ERROR' : 'VALIDATION_ERROR';
}

const isTrpc = (error: unknown): error is TRPCError => error instanceof TRPCError;

type Issue = { path: PropertyKey[]; message: string };
/** Recognised by shape: several copies of zod may be about. */
function issuesOf(cause: unknown): Issue[] | null {
  if (cause instanceof z.ZodError) return cause.issues;
  const issues = (cause as { issues?: unknown } | null | undefined)?.issues;
  return Array.isArray(issues) ? (issues as Issue[]) : null;
}

export const detailOf = ({ path, message }: Issue): Detail => ({ field: path.map(String).join('.'), message });
