import { createCaller } from '@repo/api';
import type { Accounts } from '../accounts/index.server.ts';
import { toolbox } from '../tools.server.ts';
import { pageAnswerFor } from './page-answer.ts';
import { apiContextFor, keep, sessionOf } from './request-session.ts';
import { isSubmitting } from './submit.ts';

/**
 * The API as whoever is behind `request`, called in-process. What a page cannot recover from is thrown as a Response:
 * the way to sign in, or a failure page. Inside `submit` it is thrown as it is, and ends up in the form.
 * Nothing is asked of the database before the first call.
 */
export async function apiFor(request: Request): Promise<ReturnType<typeof createCaller>> {
  return createCaller(() => apiContextFor(request), {
    onError: ({ error }) => throwPage(error, request),
  });
}

type Verb<V> = V extends (request: Request, ...rest: infer Rest) => Promise<infer Answer>
  ? (...rest: Rest) => Promise<Answer>
  : never;
export type AccountVerbs = { [Name in Exclude<keyof Accounts, 'keyFor'>]: Verb<Accounts[Name]> };

/** What whoever is behind `request` can do about their account. The cookies go out with the answer by themselves. */
export function accountsFor(request: Request): AccountVerbs {
  const accounts = toolbox().accounts as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const verbs = Object.keys(accounts).map((name) => {
    const verb = async (...rest: unknown[]) => {
      try {
        if (request.method === 'POST') await (await apiContextFor(request)).spend?.('write');
        // Asked once per request: the page's frame wants to know too.
        const answer = await (name === 'sessionFor' ? sessionOf(request) : accounts[name]!(request, ...rest));
        return hasCookies(answer) && name !== 'sessionFor' ? keep(request, answer) : answer;
      } catch (error) {
        throwPage(error, request);
        throw error;
      }
    };
    return [name, verb];
  });
  return Object.fromEntries(verbs) as AccountVerbs;
}

const hasCookies = (answer: unknown): answer is { setCookie: string[] } =>
  typeof answer === 'object' && answer !== null && 'setCookie' in answer;

function throwPage(error: unknown, request: Request): void {
  if (isSubmitting(request)) return;
  const answer = pageAnswerFor(error, request);
  if (answer) throw answer;
}
