import { ads, asOwner, remixes, reports, type Tx, transactAs } from '@repo/db';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { copyToPublic, markPublic, withdrawIfUnused } from '../assets/publish-asset.ts';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import type { HideInput, Target } from './schema.ts';

/** Staff take an ad or a remix out of sight, files and all, or bring it back. It settles the reports about it. */
export async function hideContent(ctx: UserContext, { target, isHidden }: HideInput): Promise<void> {
  const assetId = await transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'hide', 'Only the staff may hide things.');
    return asOwner(tx, (owner) => assetOf(owner, target));
  });
  if (!isHidden) await copyToPublic(ctx.store, assetId);
  await transactAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, async (owner) => {
      await setHidden(owner, target, isHidden);
      if (!isHidden) await markPublic(owner, assetId);
      await owner
        .update(reports)
        .set({ resolvedAt: ctx.now(), resolvedBy: ctx.actor.userId })
        .where(
          and(
            'adId' in target ? eq(reports.adId, target.adId) : eq(reports.remixId, target.remixId),
            isNull(reports.resolvedAt),
          ),
        );
      const [noun, nounId] = 'adId' in target ? (['ad', target.adId] as const) : (['remix', target.remixId] as const);
      await recordEvent(owner, ctx.actor, { noun, nounId, verb: isHidden ? 'hidden' : 'shown' });
    }),
  );
  if (isHidden) await withdrawIfUnused(ctx, assetId);
}

async function assetOf(tx: Tx, target: Target): Promise<string> {
  const seen = ['published', 'hidden'] as const;
  const [row] =
    'adId' in target
      ? await tx
          .select({ assetId: ads.assetId })
          .from(ads)
          .where(and(eq(ads.id, target.adId), inArray(ads.status, [...seen])))
      : await tx
          .select({ assetId: remixes.assetId })
          .from(remixes)
          .where(and(eq(remixes.id, target.remixId), inArray(remixes.status, [...seen])));
  if (!row?.assetId) throw notFound('adId' in target ? 'ad' : 'remix');
  return row.assetId;
}

async function setHidden(tx: Tx, target: Target, isHidden: boolean): Promise<void> {
  const [from, to] = isHidden ? (['published', 'hidden'] as const) : (['hidden', 'published'] as const);
  if ('adId' in target)
    await tx
      .update(ads)
      .set({ status: to })
      .where(and(eq(ads.id, target.adId), eq(ads.status, from)));
  else
    await tx
      .update(remixes)
      .set({ status: to })
      .where(and(eq(remixes.id, target.remixId), eq(remixes.status, from)));
}
