import { adjustCredits } from '@repo/domain/credits/adjust-credits';
import { exportPiece } from '@repo/domain/credits/export-movements';
import { readBalance } from '@repo/domain/credits/read-credits';
import { readMovements } from '@repo/domain/credits/read-movements';
import { readStatement } from '@repo/domain/credits/read-statement';
import { refundGeneration } from '@repo/domain/credits/refund-generation';
import {
  Adjusted,
  AdjustInput,
  Balance,
  ExportInput,
  ExportPiece,
  Movement,
  MovementsInput,
  Refunded,
  RefundInput,
  Statement,
  StatementInput,
} from '@repo/domain/credits/schema';
import { pageOutput } from '@repo/domain/paging/schema';
import { publicProcedure, router, userProcedure } from '../trpc.ts';

export const creditsRouter = router({
  balance: publicProcedure.output(Balance).query(({ ctx }) => readBalance(ctx.domain)),

  movements: userProcedure
    .input(MovementsInput)
    .output(pageOutput(Movement))
    .query(({ ctx, input }) => readMovements(ctx.domain, input)),

  /** The same movements as CSV, a piece at a time: ask again with the cursor until there is none. */
  export: userProcedure
    .input(ExportInput)
    .output(ExportPiece)
    .query(({ ctx, input }) => exportPiece(ctx.domain, input)),

  statement: userProcedure
    .input(StatementInput)
    .output(Statement)
    .query(({ ctx, input }) => readStatement(ctx.domain, input)),

  adjust: userProcedure
    .input(AdjustInput)
    .output(Adjusted)
    .mutation(({ ctx, input }) => adjustCredits(ctx.domain, input)),

  refund: userProcedure
    .input(RefundInput)
    .output(Refunded)
    .mutation(({ ctx, input }) => refundGeneration(ctx.domain, input)),
});
