import { ads, assets, brands, generations, remixes, transactAs, users } from '@repo/db';
import { eq, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { ensureAllowance } from '../credits/ensure-allowance.ts';
import { GUEST_CREDITS } from '../credits/rules.ts';
import { transferCredits } from '../credits/transfer-credits.ts';
import { recordEvent } from '../events/record-event.ts';
import { moveUsage } from '../quotas/move-usage.ts';

/**
 * Brings a guest's remixes, pictures and credits to the account they signed up or in with. Safe to repeat:
 * a guest is merged once. What is still being made goes on, and belongs to the account. The same goes for an
 * account made for an address that turned out to be taken, which may own brands and ads as well.
 */
export async function mergeGuest(
  ctx: SystemContext,
  { guestId, userId }: { guestId: string; userId: string },
): Promise<void> {
  if (guestId === userId) return;
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [guest] = await tx.select().from(users).where(eq(users.id, guestId)).for('update');
    if (!guest?.isAnonymous || guest.mergedInto) return;
    const now = ctx.now();
    // The account's own allowance comes first: a top-up after the transfer would swallow what came along.
    await ensureAllowance(tx, { userId, addressHash: null, now });
    const moved = await transferCredits(tx, {
      fromUserId: guestId,
      toUserId: userId,
      atMost: GUEST_CREDITS,
      memo: 'Brought along from your visit as a guest',
      now,
    });
    await moveUsage(tx, { from: guestId, to: userId });
    await tx.update(users).set({ mergedInto: userId }).where(eq(users.id, guestId));
    // A key that both used stays the account's own; the guest's is kept apart under its old owner's id.
    await tx.execute(sql`
      update generation mine set idempotency_key = left(${guestId}::text || ':' || mine.idempotency_key, 200)
      from generation other
      where mine.owner_id = ${guestId} and other.owner_id = ${userId} and other.idempotency_key = mine.idempotency_key`);
    await tx.update(generations).set({ ownerId: userId }).where(eq(generations.ownerId, guestId));
    await tx.update(remixes).set({ authorId: userId }).where(eq(remixes.authorId, guestId));
    await tx.update(ads).set({ authorId: userId }).where(eq(ads.authorId, guestId));
    // A file that both uploaded stays twice: the newcomer's is no longer the one that later uploads are matched with.
    await tx.execute(sql`
      update asset mine set sha256 = mine.sha256 || ':merged' from asset other
      where mine.owner_id = ${guestId} and other.owner_id = ${userId} and other.sha256 = mine.sha256`);
    await tx.update(assets).set({ ownerId: userId }).where(eq(assets.ownerId, guestId));
    await tx.update(brands).set({ createdBy: userId }).where(eq(brands.createdBy, guestId));
    await tx.execute(sql`
      update membership mine set user_id = ${userId}
      where mine.user_id = ${guestId} and not exists (
        select from membership other where other.user_id = ${userId} and other.brand_id = mine.brand_id)`);
    await recordEvent(tx, ctx.actor, {
      noun: 'account',
      nounId: userId,
      verb: 'merged_guest',
      audienceId: userId,
      payload: { guestId, credits: moved },
    });
  });
}
