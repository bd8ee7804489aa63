import type { ClientActionFunctionArgs } from '@remix-run/react';
import type { Rejection } from '@repo/runtime';
import { forgetUploadDraft } from './upload-draft.ts';

/** Sends the ad form. Once it is taken, its draft is done with. */
export const publishInBrowser = (args: ClientActionFunctionArgs): Promise<Rejection> =>
  sendInBrowser(args, forgetUploadDraft);

/** Sends a form and says when it was taken. A lost connection comes back as a refusal: the page stays as it is. */
export async function sendInBrowser(
  { serverAction }: Pick<ClientActionFunctionArgs, 'serverAction'>,
  onTaken: () => void,
): Promise<Rejection> {
  try {
    return await serverAction<Rejection>();
  } catch (error) {
    if (error instanceof Response && error.status >= 300 && error.status < 400) onTaken();
    // What `fetch` throws when no answer came at all.
    if (error instanceof TypeError) return NO_ANSWER;
    throw error;
  }
}

const NO_ANSWER: Rejection = {
  message: 'No answer came back. Check your connection and press again: it is done once.',
  fields: {},
  values: {},
  signIn: null,
  status: 0,
};
