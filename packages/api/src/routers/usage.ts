import { readUsage } from '@repo/domain/usage/read-usage';
import { UsageInput, UsageReport } from '@repo/domain/usage/schema';
import { router, userProcedure } from '../trpc.ts';

export const usageRouter = router({
  read: userProcedure
    .input(UsageInput)
    .output(UsageReport)
    .query(({ ctx, input }) => readUsage(ctx.domain, input)),
});
