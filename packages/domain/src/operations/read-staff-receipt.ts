import { asOwner, generations, profiles, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { receiptOf } from '../generation/read-receipt.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import type { StaffReceipt } from './schema.ts';

/** Anybody's receipt, to help whoever asks about it. For the staff; throws `forbidden`, `not_found`. */
export const readStaffReceipt = (ctx: UserContext, generationId: string): Promise<StaffReceipt> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look at the receipts of others.');
    return asOwner(tx, async (owner) => {
      const [generation] = await owner.select().from(generations).where(eq(generations.id, generationId));
      if (!generation) throw notFound('generation');
      const [person] = await owner
        .select({ name: profiles.name })
        .from(profiles)
        .where(eq(profiles.userId, generation.ownerId));
      const { prompt: _, payer, ...receipt } = await receiptOf(owner, ctx, generation);
      return {
        ...receipt,
        owner: { id: generation.ownerId, name: person?.name ?? 'Somebody' },
        payer: { ...payer, id: generation.brandId ?? generation.ownerId },
      };
    });
  });
