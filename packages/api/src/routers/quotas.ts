import { readQuotas, readQuotasOf } from '@repo/domain/quotas/read-quotas';
import { MyQuotas, MyQuotasInput, QuotaReport, QuotasOfInput, SetQuotaInput } from '@repo/domain/quotas/schema';
import { setQuota } from '@repo/domain/quotas/set-quota';
import { publicProcedure, router, userProcedure } from '../trpc.ts';

export const quotasRouter = router({
  mine: publicProcedure
    .input(MyQuotasInput)
    .output(MyQuotas)
    .query(({ ctx, input }) => readQuotas(ctx.domain, input)),

  of: userProcedure
    .input(QuotasOfInput)
    .output(QuotaReport)
    .query(({ ctx, input }) => readQuotasOf(ctx.domain, input)),

  set: userProcedure
    .input(SetQuotaInput)
    .output(QuotaReport)
    .mutation(({ ctx, input }) => setQuota(ctx.domain, input)),
});
