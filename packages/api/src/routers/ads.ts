import { createAd } from '@repo/domain/ads/create-ad';
import { readAd } from '@repo/domain/ads/read-ads';
import { removeAd } from '@repo/domain/ads/remove-ad';
import { AdView, CreateAdInput } from '@repo/domain/ads/schema';
import { readFeed } from '@repo/domain/feed/read-feed';
import { FeedItem, ReadFeedInput } from '@repo/domain/feed/schema';
import { pageOutput } from '@repo/domain/paging/schema';
import { z } from 'zod';
import { publicProcedure, router, userProcedure } from '../trpc.ts';

const AdId = z.object({ id: z.uuid('This is not the address of an ad.') });

export const adsRouter = router({
  feed: publicProcedure
    .meta({ rest: 'GET /feed', scope: 'ads:read', cost: 'read', summary: 'The newest ads and remixes' })
    .input(ReadFeedInput)
    .output(pageOutput(FeedItem))
    .query(({ ctx, input }) => readFeed(ctx.domain, input)),

  byId: publicProcedure
    .meta({ rest: 'GET /ads/{id}', scope: 'ads:read', cost: 'read', summary: 'One ad' })
    .input(AdId)
    .output(AdView)
    .query(({ ctx, input }) => readAd(ctx.domain, input.id)),

  create: userProcedure
    .meta({ rest: 'POST /ads', scope: 'ads:write', cost: 'write', summary: 'Publish an ad' })
    .input(CreateAdInput)
    .output(AdView)
    .mutation(({ ctx, input }) => createAd(ctx.domain, input)),

  remove: userProcedure
    .meta({ rest: 'DELETE /ads/{id}', scope: 'ads:write', cost: 'write', summary: 'Remove an ad' })
    .input(AdId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeAd(ctx.domain, input.id)),
});
