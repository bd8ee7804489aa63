import type { AppRouter } from '@repo/api';
import { TRPCClientError } from '@trpc/client';

/** What to tell a person about a call that failed. */
export type CallFailure = {
  sentence: string;
  /** What is wrong with which field of the input. */
  fields: Record<string, string[] | undefined>;
  /** True: the person has to sign in or up before this can work. */
  needsAccount: boolean;
  /** True: the same call may work in a moment. */
  isPassing: boolean;
  requestId: string | null;
};

const NO_ANSWER = 'No answer came back. Check your connection and try again: nothing is done twice.';
const NEEDS_ACCOUNT = new Set(['UNAUTHORIZED', 'PRECONDITION_FAILED']);

/** Reads a failed call of `api`: its sentence, its fields, and the id to name when asking for help. */
export function explainFailure(error: unknown): CallFailure {
  const unknown: CallFailure = {
    sentence: NO_ANSWER,
    fields: {},
    needsAccount: false,
    isPassing: true,
    requestId: null,
  };
  if (!(error instanceof TRPCClientError)) return unknown;
  const { data, message } = error as TRPCClientError<AppRouter>;
  if (!data) return unknown;
  return {
    sentence: message,
    fields: data.fields ?? {},
    needsAccount: NEEDS_ACCOUNT.has(data.code),
    isPassing: data.httpStatus >= 500 || data.httpStatus === 429,
    requestId: data.requestId,
  };
}
