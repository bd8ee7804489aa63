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
  balance: publicProcedure
    .meta({ rest: 'GET /credits/balance', scope: 'credits:read', cost: 'read', summary: 'What you have to spend' })
    .output(Balance)
    .query(({ ctx }) => readBalance(ctx.domain)),

  movements: userProcedure
    .meta({
      rest: 'GET /credits/movements',
      scope: 'credits:read',
      cost: 'read',
      summary: 'Movements of credits, the newest first',
    })
    .input(MovementsInput)
    .output(pageOutput(Movement))
    .query(({ ctx, input }) => readMovements(ctx.domain, input)),

  /** The same movements as CSV, a piece at a time: ask again with the cursor until there is none. */
  export: userProcedure
    .meta({
      rest: 'GET /credits/export',
      scope: 'credits:read',
      cost: 'read',
      summary: 'Movements of credits as CSV, piece by piece',
    })
    .input(ExportInput)
    .output(ExportPiece)
    .query(({ ctx, input }) => exportPiece(ctx.domain, input)),

  statement: userProcedure
    .meta({
      rest: 'GET /credits/statement',
      scope: 'credits:read',
      cost: 'read',
      summary: 'Opening, sums and closing of a period',
    })
    .input(StatementInput)
    .output(Statement)
    .query(({ ctx, input }) => readStatement(ctx.domain, input)),

  adjust: userProcedure
    .meta({
      rest: 'POST /credits/adjustments',
      scope: 'credits:write',
      cost: 'write',
      summary: 'Give or take credits (staff)',
    })
    .input(AdjustInput)
    .output(Adjusted)
    .mutation(({ ctx, input }) => adjustCredits(ctx.domain, input)),

  refund: userProcedure
    .meta({
      rest: 'POST /credits/refunds',
      scope: 'credits:write',
      cost: 'write',
      summary: 'Give back what a generation cost (staff)',
    })
    .input(RefundInput)
    .output(Refunded)
    .mutation(({ ctx, input }) => refundGeneration(ctx.domain, input)),
});
