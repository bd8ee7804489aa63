import { readQuotas, readQuotasOf } from '@repo/domain/quotas/read-quotas';
import { MyQuotas, MyQuotasInput, QuotaReport, QuotasOfInput, SetQuotaInput } from '@repo/domain/quotas/schema';
import { setQuota } from '@repo/domain/quotas/set-quota';
import { publicProcedure, router, userProcedure } from '../trpc.ts';

export const quotasRouter = router({
  mine: publicProcedure
    .meta({
      rest: 'GET /quotas',
      scope: 'quotas:read',
      cost: 'read',
      summary: 'What you may use in a month, and what you used',
    })
    .input(MyQuotasInput)
    .output(MyQuotas)
    .query(({ ctx, input }) => readQuotas(ctx.domain, input)),

  of: userProcedure
    .meta({
      rest: 'GET /operations/quotas',
      scope: 'quotas:read',
      cost: 'read',
      summary: 'The quotas of somebody else (staff)',
    })
    .input(QuotasOfInput)
    .output(QuotaReport)
    .query(({ ctx, input }) => readQuotasOf(ctx.domain, input)),

  set: userProcedure
    .meta({ rest: 'PUT /quotas', scope: 'quotas:write', cost: 'write', summary: 'Set a quota' })
    .input(SetQuotaInput)
    .output(QuotaReport)
    .mutation(({ ctx, input }) => setQuota(ctx.domain, input)),
});
