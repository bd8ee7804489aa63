import { ads, asOwner, remixes, reports, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import type { ReportInput } from './schema.ts';

/** Tells the staff that something should not be shown. Saying it twice changes nothing. */
export async function reportContent(ctx: UserContext, { target, reason }: ReportInput): Promise<void> {
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const [seen] =
      'adId' in target
        ? await tx.select({ id: ads.id }).from(ads).where(eq(ads.id, target.adId))
        : await tx.select({ id: remixes.id }).from(remixes).where(eq(remixes.id, target.remixId));
    if (!seen) throw notFound('adId' in target ? 'ad' : 'remix');
    const [report] = await tx
      .insert(reports)
      .values({ reporterId: ctx.actor.userId, ...target, reason })
      .onConflictDoNothing()
      .returning({ id: reports.id });
    if (!report) return;
    await asOwner(tx, (owner) => recordEvent(owner, ctx.actor, { noun: 'report', nounId: report.id, verb: 'made' }));
  });
}
