import { changeMyName } from '@repo/domain/accounts/change-my-name';
import { readMe } from '@repo/domain/accounts/read-me';
import { ChangeNameInput } from '@repo/domain/accounts/schema';
import { PersonView } from '@repo/domain/accounts/token-schema';
import { router, userProcedure } from '../trpc.ts';

export const accountRouter = router({
  me: userProcedure
    .meta({ rest: 'GET /user', scope: 'account:read', cost: 'read', summary: 'Who you are' })
    .output(PersonView)
    .query(({ ctx }) => readMe(ctx.domain)),

  change: userProcedure
    .meta({ rest: 'PATCH /user', scope: 'account:write', cost: 'write', summary: 'Change your name' })
    .input(ChangeNameInput)
    .output(PersonView)
    .mutation(({ ctx, input }) => changeMyName(ctx.domain, input)),
});
