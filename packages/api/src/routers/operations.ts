import { readAlerts } from '@repo/domain/alerts/read-alerts';
import { AlertsReport } from '@repo/domain/alerts/schema';
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
  models: userProcedure
    .meta({
      rest: 'GET /operations/models',
      scope: 'operations:read',
      cost: 'read',
      summary: 'The catalogue with its health (staff)',
    })
    .output(CatalogueReport)
    .query(({ ctx }) => readCatalogue(ctx.domain)),

  alerts: userProcedure
    .meta({
      rest: 'GET /operations/alerts',
      scope: 'operations:read',
      cost: 'read',
      summary: 'What is wrong with the installation, and what was (staff)',
    })
    .output(AlertsReport)
    .query(({ ctx }) => readAlerts(ctx.domain)),

  engine: userProcedure
    .meta({
      rest: 'GET /operations/engine',
      scope: 'operations:read',
      cost: 'read',
      summary: 'How the engine does (staff)',
    })
    .output(EngineReport)
    .query(({ ctx }) => readEngine(ctx.domain)),

  find: userProcedure
    .meta({
      rest: 'GET /operations/find',
      scope: 'operations:read',
      cost: 'read',
      summary: 'Look for people and brands (staff)',
    })
    .input(FindInput)
    .output(Matches)
    .query(({ ctx, input }) => findMatches(ctx.domain, input)),

  account: userProcedure
    .meta({
      rest: 'GET /operations/account',
      scope: 'operations:read',
      cost: 'read',
      summary: 'The account of a person or a brand (staff)',
    })
    .input(AccountInput)
    .output(AccountReport)
    .query(({ ctx, input }) => readAccount(ctx.domain, input)),

  receipt: userProcedure
    .meta({
      rest: 'GET /operations/receipts/{id}',
      scope: 'operations:read',
      cost: 'read',
      summary: "Anybody's receipt (staff)",
    })
    .input(GenerationId)
    .output(StaffReceipt)
    .query(({ ctx, input }) => readStaffReceipt(ctx.domain, input.id)),
});
