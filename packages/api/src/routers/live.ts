import { EventPosition } from '@repo/domain/events/schema';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

export const liveRouter = router({
  /** Everything that happens to what is mine, from the last event seen on. One subscription for all topics. */
  mine: userProcedure
    .meta({
      rest: 'GET /events',
      scope: 'events:read',
      cost: 'read',
      summary: 'Follow what happens to what is yours, resumable',
    })
    .input(z.object({ lastEventId: EventPosition.nullish() }).nullish())
    .subscription(async function* ({ ctx, input, signal }) {
      const events = ctx.relay.follow(
        ctx.domain.actor.userId,
        input?.lastEventId ?? null,
        signal ?? new AbortController().signal,
      );
      for await (const { position, event } of events) yield tracked(position, event);
    }),
});
