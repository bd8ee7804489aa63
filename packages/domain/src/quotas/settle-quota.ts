import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import { type Amounts, type CountedFor, subjectsOf, whole } from './amounts.ts';
import { QUOTA_METRICS, quotaMonthOf } from './rules.ts';

export type Settlement = {
  userId: string;
  brandId: string | null;
  reserved: Amounts;
  /** What was really used; null: nothing. */
  used: Amounts | null;
  /** When it was reserved: it counts in that month, whenever it ends. */
  createdAt: Date;
};

/**
 * Puts what was used in the place of what was reserved. Call it once for a reserve, after the ledger was touched.
 * Wants the owner's rights.
 */
export async function settleQuota(tx: Tx, { userId, brandId, reserved, used, createdAt }: Settlement): Promise<void> {
  const [before, after] = [whole(reserved), whole(used ?? {})];
  const change = Object.fromEntries(
    QUOTA_METRICS.map((metric) => [metric, after[metric] - before[metric]]),
  ) as Required<Amounts>;
  if (QUOTA_METRICS.every((metric) => change[metric] === 0)) return;
  for (const subject of subjectsOf(userId, brandId)) {
    await countBy(tx, subject, change, quotaMonthOf(createdAt));
  }
}

/** Changes a month's counters, never below zero. */
export async function countBy(tx: Tx, { userId, brandId }: CountedFor, change: Required<Amounts>, month: string) {
  const { images, video_seconds: seconds, tokens, credits } = change;
  await tx.execute(sql`
    insert into usage_month (user_id, brand_id, month, images, video_seconds, tokens, credits)
    values (${userId}::uuid, ${brandId}::uuid, ${month}, greatest(0, ${images}::bigint), greatest(0, ${seconds}::real),
      greatest(0, ${tokens}::bigint), greatest(0, ${credits}::bigint))
    on conflict on constraint usage_month_subject do update set
      images = greatest(0, usage_month.images + ${images}::bigint),
      video_seconds = greatest(0, usage_month.video_seconds + ${seconds}::real),
      tokens = greatest(0, usage_month.tokens + ${tokens}::bigint),
      credits = greatest(0, usage_month.credits + ${credits}::bigint)`);
}
