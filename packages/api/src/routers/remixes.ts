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
    .meta({ rest: 'POST /remixes', scope: 'remixes:write', cost: 'ai', summary: 'Remix an ad with a sentence' })
    .input(RequestRemixInput)
    .output(z.object({ remixId: z.uuid() }))
    .use(asGuest)
    .mutation(({ ctx, input }) => requestRemix(ctx.domain, input)),

  byId: publicProcedure
    .meta({ rest: 'GET /remixes/{id}', scope: 'remixes:read', cost: 'read', summary: 'One remix' })
    .input(RemixId)
    .output(RemixView)
    .query(({ ctx, input }) => readRemix(ctx.domain, input.id)),

  ofAd: publicProcedure
    .meta({ rest: 'GET /ads/{adId}/remixes', scope: 'remixes:read', cost: 'read', summary: 'Remixes of an ad' })
    .input(PageInput.extend({ adId: z.uuid('This is not the address of an ad.') }))
    .output(pageOutput(RemixCard))
    .query(({ ctx, input: { adId, ...page } }) => readRemixesOfAd(ctx.domain, adId, page)),

  ofRemix: publicProcedure
    .meta({
      rest: 'GET /remixes/{remixId}/remixes',
      scope: 'remixes:read',
      cost: 'read',
      summary: 'Remixes of a remix',
    })
    .input(PageInput.extend({ remixId: z.uuid('This is not the address of a remix.') }))
    .output(pageOutput(RemixCard))
    .query(({ ctx, input: { remixId, ...page } }) => readRemixesOfRemix(ctx.domain, remixId, page)),

  ancestors: publicProcedure
    .meta({
      rest: 'GET /remixes/{id}/ancestors',
      scope: 'remixes:read',
      cost: 'read',
      summary: 'What a remix was made from',
    })
    .input(RemixId)
    .output(z.array(RemixCard))
    .query(({ ctx, input }) => readAncestors(ctx.domain, input.id)),

  download: publicProcedure
    .meta({
      rest: 'GET /remixes/{id}/download',
      scope: 'remixes:read',
      cost: 'read',
      summary: 'Where to fetch the full picture',
    })
    .input(RemixId)
    .output(RemixDownload)
    .query(({ ctx, input }) => downloadRemix(ctx.domain, input.id)),

  mine: userProcedure
    .meta({ rest: 'GET /remixes', scope: 'remixes:read', cost: 'read', summary: 'Your remixes, drafts included' })
    .input(PageInput)
    .output(pageOutput(RemixCard))
    .query(({ ctx, input }) => readMyRemixes(ctx.domain, input)),

  publish: userProcedure
    .meta({ rest: 'POST /remixes/{id}/publish', scope: 'remixes:write', cost: 'write', summary: 'Publish a draft' })
    .input(RemixId)
    .output(RemixView)
    .mutation(({ ctx, input }) => publishRemix(ctx.domain, input.id)),

  remove: userProcedure
    .meta({ rest: 'DELETE /remixes/{id}', scope: 'remixes:write', cost: 'write', summary: 'Remove a remix' })
    .input(RemixId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeRemix(ctx.domain, input.id)),
});
