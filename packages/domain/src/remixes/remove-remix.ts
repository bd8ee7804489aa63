import { asOwner, remixes, transactAs } from '@repo/db';
import { and, eq, ne } from 'drizzle-orm';
import { withdrawIfUnused } from '../assets/publish-asset.ts';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { cancelGeneration } from '../generation/cancel-generation.ts';

/** Removes one's own remix for good; one that is still being made is cancelled first, and costs nothing. */
export async function removeRemix(ctx: UserContext, id: string): Promise<void> {
  const mine = and(eq(remixes.id, id), eq(remixes.authorId, ctx.actor.userId), ne(remixes.status, 'deleted'));
  const remix = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx
      .select({ generationId: remixes.generationId, assetId: remixes.assetId })
      .from(remixes)
      .where(mine);
    if (!row) throw notFound('remix');
    return row;
  });
  await cancelGeneration(ctx, remix.generationId);
  await transactAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, async (owner) => {
      await owner.update(remixes).set({ status: 'deleted' }).where(mine);
      await recordEvent(owner, ctx.actor, { noun: 'remix', nounId: id, verb: 'removed', audienceId: ctx.actor.userId });
    }),
  );
  if (remix.assetId) await withdrawIfUnused(ctx, remix.assetId);
}
