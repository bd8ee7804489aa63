import { asOwner, generations, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { readAbility } from '../permissions/read-asker.ts';
import { aGeneration } from '../permissions/rules.ts';
import { isAbandoned } from './claim-generations.ts';
import { readGeneration } from './read-generations.ts';
import { isSettled } from './rules.ts';
import type { GenerationView } from './schema.ts';
import { settleCancelled } from './settle-generation.ts';

/**
 * Cancels. What waits ends at once and costs nothing; what runs is told to stop, and costs nothing unless
 * its result was stored already. Cancelling what is settled changes nothing.
 */
export async function cancelGeneration(ctx: UserContext, id: string): Promise<GenerationView> {
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [visible] = await tx.select({ ownerId: generations.ownerId }).from(generations).where(eq(generations.id, id));
    if (!visible || (await readAbility(tx, ctx)).cannot('cancel', aGeneration(visible))) throw notFound('generation');
    await asOwner(tx, async (owner) => {
      const [generation] = await owner.select().from(generations).where(eq(generations.id, id)).for('update');
      if (!generation || isSettled(generation.status)) return;
      // A run that is at it stops by itself; while nobody is, such as between two looks at a vendor, it ends here.
      if (generation.runToken && !isAbandoned(generation, ctx.now())) {
        await owner.update(generations).set({ cancelRequested: true }).where(eq(generations.id, id));
        await recordEvent(owner, ctx.actor, {
          noun: 'generation',
          nounId: id,
          verb: 'cancel_requested',
          audienceId: ctx.actor.userId,
          brandId: generation.brandId,
          payload: { status: generation.status },
        });
        return;
      }
      await settleCancelled(owner, { ...ctx, actor: { kind: 'system', job: 'generation.cancel' } }, generation);
    });
  });
  return readGeneration(ctx, id);
}
