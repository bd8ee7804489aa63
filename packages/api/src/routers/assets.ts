import { completeUpload } from '@repo/domain/assets/complete-upload';
import { readAsset } from '@repo/domain/assets/read-assets';
import { requestSlot } from '@repo/domain/assets/request-slot';
import { AssetView, RequestSlotInput, UploadSlot } from '@repo/domain/assets/schema';
import { z } from 'zod';
import { router, userProcedure } from '../trpc.ts';

const AssetId = z.object({ id: z.uuid('This is not the number of an upload.') });

export const assetsRouter = router({
  requestSlot: userProcedure
    .meta({
      rest: 'POST /assets',
      scope: 'assets:write',
      cost: 'write',
      summary: 'Ask for a place to upload a file to',
    })
    .input(RequestSlotInput)
    .output(UploadSlot)
    .mutation(({ ctx, input }) => requestSlot(ctx.domain, input)),

  complete: userProcedure
    .meta({
      rest: 'POST /assets/{id}/complete',
      scope: 'assets:write',
      cost: 'write',
      summary: 'Say that the bytes of an upload have arrived',
    })
    .input(AssetId)
    .output(AssetView)
    .mutation(({ ctx, input }) => completeUpload(ctx.domain, input.id)),

  byId: userProcedure
    .meta({ rest: 'GET /assets/{id}', scope: 'assets:read', cost: 'read', summary: 'One upload' })
    .input(AssetId)
    .output(AssetView)
    .query(({ ctx, input }) => readAsset(ctx.domain, input.id)),
});
