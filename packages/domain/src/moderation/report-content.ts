import { ads, remixes, type Tx, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import type { ReportInput, Target } from './schema.ts';

// With its event in one statement: the wall lets a person write down that they reported, and nothing else.
const report = (target: 'ad' | 'remix') => `
  with made as (
    insert into report (reporter_id, ${target}_id, reason) select $1::uuid, id, $2 from ${target}
    where id = $3 on conflict do nothing returning id)
  insert into event (actor_id, actor_kind, noun, noun_id, verb)
  select $1::uuid, 'user', 'report', id, 'made' from made returning noun_id`;
const [REPORT_AD, REPORT_REMIX] = [report('ad'), report('remix')];

/** Tells the staff that something should not be shown. Saying it twice changes nothing. */
export async function reportContent(ctx: UserContext, { target, reason }: ReportInput): Promise<void> {
  const [text, id] = 'adId' in target ? [REPORT_AD, target.adId] : [REPORT_REMIX, target.remixId];
  const reported = await ctx.db.walled.write(ctx.actor, text, [ctx.actor.userId, reason, id]);
  // What the reporter may not see has no row to report.
  if (reported.length === 0) await transactAs(ctx.db, ctx.actor, (tx) => mustSee(tx, target));
}

async function mustSee(tx: Tx, target: Target): Promise<void> {
  const seen =
    'adId' in target
      ? await tx.select({ id: ads.id }).from(ads).where(eq(ads.id, target.adId))
      : await tx.select({ id: remixes.id }).from(remixes).where(eq(remixes.id, target.remixId));
  if (seen.length === 0) throw notFound('adId' in target ? 'ad' : 'remix');
}
