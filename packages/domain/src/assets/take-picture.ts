import { createHash } from 'node:crypto';
import { assets, transactAs } from '@repo/db';
import { and, eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { completeUpload } from './complete-upload.ts';
import { incomingKey } from './keys.ts';
import { readAsset } from './read-assets.ts';
import { openUpload } from './request-slot.ts';
import type { ImageType } from './rules.ts';

const LOOK_EVERY_MS = 100;
const LOOK_TIMES = 45;

export type PictureBytes = { bytes: Uint8Array; mimeType: ImageType };

/**
 * Makes an upload of bytes that came with a request, and waits until a worker has looked at them: nothing here decodes
 * them. The very same bytes are one upload. Throws a DomainError where they are no picture, or nobody looked in time.
 */
export async function takePicture(ctx: UserContext, { bytes, mimeType }: PictureBytes): Promise<string> {
  const known = await findSame(ctx, bytes);
  if (known) return known;
  const assetId = await openUpload(ctx, { mimeType, bytes: bytes.byteLength });
  await ctx.store.put(incomingKey(assetId), bytes, { contentType: mimeType });
  let asset = await completeUpload(ctx, assetId);
  for (let n = 0; asset.status === 'checking' && n < LOOK_TIMES; n++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    asset = await readAsset(ctx, assetId);
  }
  if (asset.status === 'usable') return asset.useId;
  if (asset.status === 'rejected') throw new DomainError('invalid', `${asset.failure} Nothing was charged.`);
  throw new DomainError(
    'conflict',
    'The picture is still being checked. Nothing was charged: send the same request again in a moment.',
  );
}

async function findSame(ctx: UserContext, bytes: Uint8Array): Promise<string | null> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const isSame = and(
    eq(assets.ownerId, ctx.actor.userId),
    eq(assets.sha256, sha256),
    eq(assets.status, 'usable'),
    eq(assets.origin, 'upload'),
  );
  const [same] = await transactAs(ctx.db, ctx.actor, (tx) => tx.select({ id: assets.id }).from(assets).where(isSame));
  return same?.id ?? null;
}
