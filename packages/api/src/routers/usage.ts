import { readUsage } from '@repo/domain/usage/read-usage';
import { UsageInput, UsageReport } from '@repo/domain/usage/schema';
import { router, userProcedure } from '../trpc.ts';

export const usageRouter = router({
  read: userProcedure
    .meta({ rest: 'GET /usage', scope: 'usage:read', cost: 'read', summary: 'What was asked of providers, by day' })
    .input(UsageInput)
    .output(UsageReport)
    .query(({ ctx, input }) => readUsage(ctx.domain, input)),
});
