import { appRouter } from '@repo/api';
import { log } from '@repo/telemetry';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { awaySentenceOf, isDatabaseAway } from './database-away.ts';
import { scopeOf } from './http/request-scope.ts';
import { apiContextFor } from './remix/request-session.ts';

/** More calls than this in one request are refused: a batch is for a page, not for a flood. */
export const MAX_BATCH_SIZE = 10;

/** Answers `/api/trpc/*`: queries, mutations, and subscriptions as event streams. */
export const answerTrpc = (request: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => apiContextFor(request),
    maxBatchSize: MAX_BATCH_SIZE,
    responseMeta: ({ errors }) =>
      errors.some(isDatabaseAway) ? { status: 503, headers: new Headers({ 'retry-after': '5' }) } : {},
    onError({ error, path }) {
      if (isDatabaseAway(error)) error.message = awaySentenceOf(error);
      else if (error.code === 'INTERNAL_SERVER_ERROR' && !request.signal.aborted)
        log.error(`API error in ${path ?? 'a call'}, request ${scopeOf(request).requestId}`, {
          error: error.cause ?? error,
        });
    },
  });
