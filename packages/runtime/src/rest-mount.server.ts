import { type ApiContext, answerRest as answer } from '@repo/api';
import { log } from '@repo/telemetry';
import { TRPCError } from '@trpc/server';
import { DATABASE_AWAY_SENTENCE, isDatabaseAway } from './database-away.ts';
import { scopeOf } from './http/request-scope.ts';
import { apiContextFor } from './remix/request-session.ts';
import { toolbox } from './tools.server.ts';

/** Answers `/api/v1/*` for whoever is behind `request`. */
export function answerRest(request: Request): Promise<Response> {
  const { requestId } = scopeOf(request);
  return answer(request, {
    requestId,
    now: () => toolbox().tools.now(),
    contextOf: async () => ({ ...(await apiContextFor(request)), tokens: tokensOf(request) }),
    translate: (error) =>
      isDatabaseAway(error)
        ? new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: DATABASE_AWAY_SENTENCE, cause: error })
        : error,
    onBug: (error, procedure) => log.error(`API error in ${procedure}, request ${requestId}`, { error }),
  });
}

/** Signing in without cookies, for whoever is behind `request`. */
function tokensOf(request: Request): NonNullable<ApiContext['tokens']> {
  const { accounts } = toolbox();
  return {
    signIn: (input) => accounts.signInForToken(request, input),
    refresh: () => accounts.refreshToken(request),
    signOut: () => accounts.endToken(request),
  };
}
