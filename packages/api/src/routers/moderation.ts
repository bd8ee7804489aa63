import { hideContent } from '@repo/domain/moderation/hide-content';
import { reportContent } from '@repo/domain/moderation/report-content';
import { HideInput, ReportInput } from '@repo/domain/moderation/schema';
import { z } from 'zod';
import { asGuest, publicProcedure, router, userProcedure } from '../trpc.ts';

export const moderationRouter = router({
  report: publicProcedure
    .meta({ rest: 'POST /reports', scope: 'moderation:write', cost: 'write', summary: 'Report an ad or a remix' })
    .input(ReportInput)
    .output(z.void())
    .use(asGuest)
    .mutation(({ ctx, input }) => reportContent(ctx.domain, input)),

  hide: userProcedure
    .meta({
      rest: 'POST /moderation/hide',
      scope: 'moderation:write',
      cost: 'write',
      summary: 'Hide or show an ad or a remix (staff)',
    })
    .input(HideInput)
    .output(z.void())
    .mutation(({ ctx, input }) => hideContent(ctx.domain, input)),
});
