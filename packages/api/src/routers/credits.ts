import { readBalance } from '@repo/domain/credits/read-credits';
import { Balance } from '@repo/domain/credits/schema';
import { publicProcedure, router } from '../trpc.ts';

export const creditsRouter = router({
  balance: publicProcedure.output(Balance).query(({ ctx }) => readBalance(ctx.domain)),
});
