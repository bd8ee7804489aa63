import { pageOutput } from '@repo/domain/paging/schema';
import { removeWebhook, rotateSecret, updateWebhook } from '@repo/domain/webhooks/change-webhook';
import { createWebhook } from '@repo/domain/webhooks/create-webhook';
import { readDeliveries } from '@repo/domain/webhooks/read-deliveries';
import { readWebhook, readWebhooks } from '@repo/domain/webhooks/read-webhooks';
import { pingWebhook, replayDeliveries } from '@repo/domain/webhooks/replay-deliveries';
import {
  CreateWebhookInput,
  DeliveriesInput,
  DeliveryView,
  Replayed,
  ReplayInput,
  UpdateWebhookInput,
  WebhookId,
  WebhooksInput,
  WebhookView,
  WebhookWithSecret,
} from '@repo/domain/webhooks/schema';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

export const webhooksRouter = router({
  list: userProcedure
    .meta({
      rest: 'GET /webhooks',
      scope: 'webhooks:read',
      cost: 'read',
      summary: 'Your webhooks, or those of a brand',
    })
    .input(WebhooksInput)
    .output(z.array(WebhookView))
    .query(({ ctx, input }) => readWebhooks(ctx.domain, input)),

  byId: userProcedure
    .meta({ rest: 'GET /webhooks/{id}', scope: 'webhooks:read', cost: 'read', summary: 'One webhook' })
    .input(WebhookId)
    .output(WebhookView)
    .query(({ ctx, input }) => readWebhook(ctx.domain, input.id)),

  create: userProcedure
    .meta({
      rest: 'POST /webhooks',
      scope: 'webhooks:write',
      cost: 'write',
      summary: 'Make a webhook; its secret is in this answer only',
    })
    .input(CreateWebhookInput)
    .output(WebhookWithSecret)
    .mutation(({ ctx, input }) => createWebhook(ctx.domain, input)),

  update: userProcedure
    .meta({
      rest: 'PATCH /webhooks/{id}',
      scope: 'webhooks:write',
      cost: 'write',
      summary: 'Change a webhook, pause it or let it go on',
    })
    .input(UpdateWebhookInput)
    .output(WebhookView)
    .mutation(({ ctx, input }) => updateWebhook(ctx.domain, input)),

  remove: userProcedure
    .meta({ rest: 'DELETE /webhooks/{id}', scope: 'webhooks:write', cost: 'write', summary: 'Remove a webhook' })
    .input(WebhookId)
    .output(z.void())
    .mutation(({ ctx, input }) => removeWebhook(ctx.domain, input.id)),

  rotate: userProcedure
    .meta({
      rest: 'POST /webhooks/{id}/rotate',
      scope: 'webhooks:write',
      cost: 'write',
      summary: 'A new secret; the old one signs too for 24 hours',
    })
    .input(WebhookId)
    .output(WebhookWithSecret)
    .mutation(({ ctx, input }) => rotateSecret(ctx.domain, input.id)),

  deliveries: userProcedure
    .meta({
      rest: 'GET /webhooks/{id}/deliveries',
      scope: 'webhooks:read',
      cost: 'read',
      summary: 'What was sent in the last 30 days, and what came back',
    })
    .input(DeliveriesInput)
    .output(pageOutput(DeliveryView))
    .query(({ ctx, input }) => readDeliveries(ctx.domain, input)),

  replay: userProcedure
    .meta({
      rest: 'POST /webhooks/{id}/replay',
      scope: 'webhooks:write',
      cost: 'write',
      summary: 'Send one delivery again, or all of a time',
    })
    .input(ReplayInput)
    .output(Replayed)
    .mutation(({ ctx, input }) => replayDeliveries(ctx.domain, input)),

  ping: userProcedure
    .meta({ rest: 'POST /webhooks/{id}/ping', scope: 'webhooks:write', cost: 'write', summary: 'Send a test message' })
    .input(WebhookId)
    .output(z.object({ deliveryId: z.uuid() }))
    .mutation(({ ctx, input }) => pingWebhook(ctx.domain, input.id)),
});
