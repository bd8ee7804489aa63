import { asOwner, remixes, transactAs } from '@repo/db';
import { and, eq, ne } from 'drizzle-orm';
import { withdrawIfUnused } from '../assets/publish-asset.ts';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { cancelGeneration } from '../generation/cancel-generation.ts';
import { readAbility } from '../permissions/read-asker.ts';
import { aRemix } from '../permissions/rules.ts';

/** Removes one's own remix for good; one that is still being made is cancelled first, and costs nothing. */
export async function removeRemix(ctx: UserContext, id: string): Promise<void> {
  const unremoved = and(eq(remixes.id, id), ne(remixes.status, 'deleted'));
  const remix = await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [row] = await tx
      .select({ authorId: remixes.authorId, generationId: remixes.generationId, assetId: remixes.assetId })
      .from(remixes)
      .where(unremoved);
    if (!row || (await readAbility(tx, ctx)).cannot('remove', aRemix({ authorId: row.authorId })))
      throw notFound('remix');
    return row;
  });
  await cancelGeneration(ctx, remix.generationId);
  await transactAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, async (owner) => {
      await owner.update(remixes).set({ status: 'deleted' }).where(unremoved);
      await recordEvent(owner, ctx.actor, { noun: 'remix', nounId: id, verb: 'removed', audienceId: ctx.actor.userId });
    }),
  );
  if (remix.assetId) await withdrawIfUnused(ctx, remix.assetId);
}
