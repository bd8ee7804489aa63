import { asOwner, assets, presses, type Tx, transactAs } from '@repo/db';
import { and, count, eq, inArray } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { mustHaveAccount } from '../permissions/read-asker.ts';
import { oncePerPress } from '../presses/once-per-press.ts';
import { incomingKey } from './keys.ts';
import { UPLOAD_MINUTES } from './rules.ts';
import type { RequestSlotInput, UploadSlot } from './schema.ts';

const MAX_UNFINISHED = 40;

/**
 * Asks for a place to upload one picture to: the browser then sends the bytes straight to storage. The same key is the
 * same upload, with an address that is good for as long again.
 */
export async function requestSlot(ctx: UserContext, input: RequestSlotInput): Promise<UploadSlot> {
  const assetId = await openUpload(ctx, input);
  try {
    const upload = await ctx.store.signUpload(incomingKey(assetId), {
      contentType: input.mimeType,
      bytes: input.bytes,
      expiresInSeconds: UPLOAD_MINUTES * 60,
    });
    return { assetId, ...upload };
  } catch (error) {
    await transactAs(ctx.db, ctx.actor, (tx) =>
      asOwner(tx, async (owner) => {
        await owner.delete(assets).where(eq(assets.id, assetId));
        await owner.delete(presses).where(eq(presses.madeId, assetId));
      }),
    );
    throw error;
  }
}

/** The row of an upload whose bytes are to come. */
export async function openUpload(ctx: UserContext, input: RequestSlotInput): Promise<string> {
  mustHaveAccount(ctx, 'upload', 'Sign up to upload pictures of your own. It is free, and your remixes come along.');
  const { id } = await transactAs(ctx.db, ctx.actor, (tx) =>
    oncePerPress(tx, ctx, {
      noun: 'asset',
      request: input,
      make: () => addUpload(tx, ctx, input),
      again: (id) => findOpen(tx, ctx, id),
    }),
  );
  return id;
}

async function addUpload(tx: Tx, ctx: UserContext, input: RequestSlotInput): Promise<{ id: string }> {
  const [open] = await tx
    .select({ n: count() })
    .from(assets)
    .where(and(eq(assets.ownerId, ctx.actor.userId), inArray(assets.status, ['awaiting', 'checking'])));
  if ((open?.n ?? 0) >= MAX_UNFINISHED) {
    throw new DomainError('quota_exceeded', 'Too many uploads are unfinished. Finish some, or wait an hour.');
  }
  const [asset] = await tx
    .insert(assets)
    .values({
      ownerId: ctx.actor.userId,
      origin: 'upload',
      declaredType: input.mimeType,
      declaredBytes: input.bytes,
      createdAt: ctx.now(),
    })
    .returning({ id: assets.id });
  return asset!;
}

/** An upload whose bytes are still to come. Once they have arrived, no address takes them a second time. */
async function findOpen(tx: Tx, ctx: UserContext, id: string): Promise<{ id: string } | null> {
  const [asset] = await tx
    .select({ id: assets.id, status: assets.status })
    .from(assets)
    .where(and(eq(assets.id, id), eq(assets.ownerId, ctx.actor.userId)));
  if (!asset || asset.status === 'awaiting') return asset ?? null;
  throw new DomainError('conflict', 'The file of this upload has arrived already. Go on with that upload.', {
    assetId: id,
  });
}
