import { SessionToken } from '@repo/domain/accounts/token-schema';
import { TokenSignInInput } from '@repo/domain/second-factor/schema';
import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { type ApiContext, publicProcedure, router } from '../trpc.ts';

const refused = (message: string) => new TRPCError({ code: 'UNAUTHORIZED', message });
const OVER = 'This session has ended. Sign in again.';

/** Where this API is served without accounts, nobody can sign in by it. */
function tokensOf({ tokens }: ApiContext): NonNullable<ApiContext['tokens']> {
  if (!tokens) throw refused('Nobody can sign in here.');
  return tokens;
}

/** For clients without cookies. Pages sign in by their own forms, to the same sessions under the same limits. */
export const authRouter = router({
  login: publicProcedure
    .meta({ rest: 'POST /auth/login', scope: null, cost: 'sign_in', summary: 'Sign in, for a session token' })
    .input(TokenSignInInput)
    .output(SessionToken)
    .mutation(async ({ ctx, input }) => {
      const session = await tokensOf(ctx).signIn(input);
      if (!session) throw refused('The e-mail address or the password is wrong.');
      return session;
    }),

  refresh: publicProcedure
    .meta({
      rest: 'POST /auth/refresh',
      scope: null,
      cost: 'sign_in',
      summary: 'A new token for your session; the old one ends at once',
    })
    .output(SessionToken)
    .mutation(async ({ ctx }) => {
      const session = await tokensOf(ctx).refresh();
      if (!session) throw refused(OVER);
      return session;
    }),

  logout: publicProcedure
    .meta({ rest: 'POST /auth/logout', scope: null, cost: 'write', summary: 'End the session of your token' })
    .output(z.void())
    .mutation(async ({ ctx }) => {
      if (!(await tokensOf(ctx).signOut())) throw refused(OVER);
    }),
});
