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
    .input(ReadFeedInput)
    .output(pageOutput(FeedItem))
    .query(({ ctx, input }) => readFeed(ctx.domain, input)),

  byId: publicProcedure
    .input(AdId)
    .output(AdView)
    .query(({ ctx, input }) => readAd(ctx.domain, input.id)),

  create: userProcedure
    .input(CreateAdInput)
    .output(AdView)
    .mutation(({ ctx, input }) => createAd(ctx.domain, input)),

  remove: userProcedure
    .input(AdId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeAd(ctx.domain, input.id)),
});
