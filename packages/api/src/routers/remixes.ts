import { PageInput, pageOutput } from '@repo/domain/paging/schema';
import { downloadRemix } from '@repo/domain/remixes/download-remix';
import { publishRemix } from '@repo/domain/remixes/publish-remix';
import {
  readAncestors,
  readMyRemixes,
  readRemix,
  readRemixesOfAd,
  readRemixesOfRemix,
} from '@repo/domain/remixes/read-remixes';
import { removeRemix } from '@repo/domain/remixes/remove-remix';
import { requestRemix } from '@repo/domain/remixes/request-remix';
import { RemixCard, RemixDownload, RemixView, RequestRemixInput } from '@repo/domain/remixes/schema';
import { z } from 'zod';
import { asGuest, publicProcedure, router, userProcedure } from '../trpc.ts';

const RemixId = z.object({ id: z.uuid('This is not the address of a remix.') });

export const remixesRouter = router({
  request: publicProcedure
    .input(RequestRemixInput)
    .output(z.object({ remixId: z.uuid() }))
    .use(asGuest)
    .mutation(({ ctx, input }) => requestRemix(ctx.domain, input)),

  byId: publicProcedure
    .input(RemixId)
    .output(RemixView)
    .query(({ ctx, input }) => readRemix(ctx.domain, input.id)),

  ofAd: publicProcedure
    .input(PageInput.extend({ adId: z.uuid('This is not the address of an ad.') }))
    .output(pageOutput(RemixCard))
    .query(({ ctx, input: { adId, ...page } }) => readRemixesOfAd(ctx.domain, adId, page)),

  ofRemix: publicProcedure
    .input(PageInput.extend({ remixId: z.uuid('This is not the address of a remix.') }))
    .output(pageOutput(RemixCard))
    .query(({ ctx, input: { remixId, ...page } }) => readRemixesOfRemix(ctx.domain, remixId, page)),

  ancestors: publicProcedure
    .input(RemixId)
    .output(z.array(RemixCard))
    .query(({ ctx, input }) => readAncestors(ctx.domain, input.id)),

  download: publicProcedure
    .input(RemixId)
    .output(RemixDownload)
    .query(({ ctx, input }) => downloadRemix(ctx.domain, input.id)),

  mine: userProcedure
    .input(PageInput)
    .output(pageOutput(RemixCard))
    .query(({ ctx, input }) => readMyRemixes(ctx.domain, input)),

  publish: userProcedure
    .input(RemixId)
    .output(RemixView)
    .mutation(({ ctx, input }) => publishRemix(ctx.domain, input.id)),

  remove: userProcedure
    .input(RemixId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeRemix(ctx.domain, input.id)),
});
