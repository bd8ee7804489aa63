import { ads, ask, asOwner, remixes, type Tx, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import type { ReportInput, Target } from './schema.ts';

const report = (target: 'ad' | 'remix') => `
  insert into report (reporter_id, ${target}_id, reason) select $1::uuid, id, $2 from ${target}
  where id = $3 on conflict do nothing returning id`;
const [REPORT_AD, REPORT_REMIX] = [report('ad'), report('remix')];

/** Tells the staff that something should not be shown. Saying it twice changes nothing. */
export async function reportContent(ctx: UserContext, { target, reason }: ReportInput): Promise<void> {
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const { userId } = ctx.actor;
    // What the reporter may not see has no row to report.
    const [report] =
      'adId' in target
        ? await ask<{ id: string }>(tx, REPORT_AD, [userId, reason, target.adId])
        : await ask<{ id: string }>(tx, REPORT_REMIX, [userId, reason, target.remixId]);
    if (!report) return mustSee(tx, target);
    await asOwner(tx, (owner) => recordEvent(owner, ctx.actor, { noun: 'report', nounId: report.id, verb: 'made' }));
  });
}

async function mustSee(tx: Tx, target: Target): Promise<void> {
  const seen =
    'adId' in target
      ? await tx.select({ id: ads.id }).from(ads).where(eq(ads.id, target.adId))
      : await tx.select({ id: remixes.id }).from(remixes).where(eq(remixes.id, target.remixId));
  if (seen.length === 0) throw notFound('adId' in target ? 'ad' : 'remix');
}
