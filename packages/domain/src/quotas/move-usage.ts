import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';

/**
 * What a guest has used counts for the account they have become; what is still being made settles there.
 * Wants the owner's rights, after the ledger was touched.
 */
export async function moveUsage(tx: Tx, { from, to }: { from: string; to: string }): Promise<void> {
  await tx.execute(sql`
    with gone as (delete from usage_month where user_id = ${from} returning *)
    insert into usage_month (user_id, month, images, video_seconds, tokens, credits)
    select ${to}::uuid, month, images, video_seconds, tokens, credits from gone
    on conflict on constraint usage_month_subject do update set
      images = usage_month.images + excluded.images,
      video_seconds = usage_month.video_seconds + excluded.video_seconds,
      tokens = usage_month.tokens + excluded.tokens,
      credits = usage_month.credits + excluded.credits`);
}
