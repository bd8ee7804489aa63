import { findMatches } from '@repo/domain/operations/find-matches';
import { readAccount } from '@repo/domain/operations/read-account';
import { readCatalogue } from '@repo/domain/operations/read-catalogue';
import { readEngine } from '@repo/domain/operations/read-engine';
import { readStaffReceipt } from '@repo/domain/operations/read-staff-receipt';
import {
  AccountInput,
  AccountReport,
  CatalogueReport,
  EngineReport,
  FindInput,
  Matches,
  StaffReceipt,
} from '@repo/domain/operations/schema';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

const GenerationId = z.object({ id: z.uuid('This is not the number of a generation.') });

/** What the staff look at. */
export const operationsRouter = router({
  models: userProcedure.output(CatalogueReport).query(({ ctx }) => readCatalogue(ctx.domain)),

  engine: userProcedure.output(EngineReport).query(({ ctx }) => readEngine(ctx.domain)),

  find: userProcedure
    .input(FindInput)
    .output(Matches)
    .query(({ ctx, input }) => findMatches(ctx.domain, input)),

  account: userProcedure
    .input(AccountInput)
    .output(AccountReport)
    .query(({ ctx, input }) => readAccount(ctx.domain, input)),

  receipt: userProcedure
    .input(GenerationId)
    .output(StaffReceipt)
    .query(({ ctx, input }) => readStaffReceipt(ctx.domain, input.id)),
});
