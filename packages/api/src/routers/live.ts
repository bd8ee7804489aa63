import { EventPosition } from '@repo/domain/events/schema';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

export const liveRouter = router({
  /** Everything that happens to what is mine, and to the brand whose key I came with, from the last event seen on. One subscription for all topics. */
  mine: userProcedure
    .meta({
      rest: 'GET /events',
      scope: 'events:read',
      cost: 'read',
      summary: "Follow what happens to what is yours, or with a brand's key to the brand, resumable",
    })
    .input(z.object({ lastEventId: EventPosition.nullish() }).nullish())
    .subscription(async function* ({ ctx, input, signal }) {
      const { actor, key } = ctx.domain;
      const after = input?.lastEventId ?? null;
      const until = signal ?? new AbortController().signal;
      const events = key?.brandId
        ? ctx.relay.followBrand(actor, key.brandId, after, until)
        : ctx.relay.follow(actor.userId, after, until);
      for await (const { position, event } of events) yield tracked(position, event);
    }),
});
