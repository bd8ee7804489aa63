import { redirect } from '@remix-run/node';
import { DomainError, type DomainErrorCode } from '@repo/domain/errors';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { awaySentenceOf, isDatabaseAway } from '../database-away.ts';

/** A refusal with words for people, whoever made it. */
export type Refusal = {
  status: number;
  message: string;
  /** Where somebody who has to sign in or up first is sent, without the way back. */
  entrance: '/sign-in' | '/sign-up' | null;
  /** The form's field it is about, if it names one. */
  field: string | null;
  fields: Record<string, string[] | undefined>;
};

const STATUS = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  quota_exceeded: 429,
  out_of_credits: 402,
  invalid: 400,
  sign_up_first: 401,
} satisfies Record<DomainErrorCode, number>;

/** What can be told of an error, or null for one that is a bug and must not be. */
export function refusalOf(error: unknown): Refusal | null {
  const plain: Refusal = { status: 500, message: '', entrance: null, field: null, fields: {} };
  if (isDatabaseAway(error)) return { ...plain, status: 503, message: awaySentenceOf(error) };
  const refusal = DomainError.is(error)
    ? error
    : error instanceof TRPCError && DomainError.is(error.cause)
      ? error.cause
      : null;
  if (refusal) {
    const { field } = refusal.details;
    return {
      ...plain,
      status: STATUS[refusal.code],
      message: refusal.message,
      entrance: refusal.code === 'sign_up_first' ? '/sign-up' : null,
      field: typeof field === 'string' ? field : null,
    };
  }
  if (!(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR') return null;
  return {
    ...plain,
    status: getHTTPStatusCodeFromError(error),
    message: error.message,
    entrance: error.code === 'UNAUTHORIZED' ? '/sign-in' : null,
    fields: fieldsOf(error.cause),
  };
}

/** The messages of an input that does not fit, by field. Recognised by shape: several copies of zod may be about. */
function fieldsOf(cause: unknown): Refusal['fields'] {
  const issues = (cause as { issues?: { path: PropertyKey[]; message: string }[] } | undefined)?.issues;
  if (!Array.isArray(issues)) return {};
  const fields: Record<string, string[]> = {};
  for (const { path, message } of issues) {
    const name = String(path[0] ?? '');
    if (name) fields[name] = [...(fields[name] ?? []), message];
  }
  return fields;
}

/** The page that answers a refusal: the way in, or one of the failure pages. Null: a bug, to be logged. */
export function pageAnswerFor(error: unknown, request: Request): Response | null {
  const refusal = refusalOf(error);
  if (!refusal) return null;
  if (refusal.entrance) return redirect(entranceWithWayBack(refusal.entrance, request));
  const headers = refusal.status === 503 ? { 'retry-after': '5' } : undefined;
  return new Response(refusal.message, { status: refusal.status, ...(headers ? { headers } : {}) });
}

export function entranceWithWayBack(entrance: string, request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${entrance}?to=${encodeURIComponent(pathname + search)}`;
}
