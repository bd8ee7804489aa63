import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import { DomainError } from '../errors.ts';
import { type Amounts, type CountedFor, subjectsOf, whole } from './amounts.ts';
import {
  metricText,
  monthName,
  numberText,
  QUOTA_METRICS,
  type QuotaMetric,
  quotaMonthOf,
  quotaResetsAt,
  resetText,
} from './rules.ts';

export type Reserve = { userId: string; brandId: string | null; amounts: Amounts; now: Date };

type Row = { metric: QuotaMetric; used: number; limit: number | null; brand: string | null };

/**
 * Counts what a request can take at most against this month's quotas of the person and, where one pays, of the brand.
 * Throws `quota_exceeded` with a sentence; the transaction must end then. Wants the owner's rights, and to be called
 * after the ledger was touched: whoever opens or settles locks credits first, then counters, the brand's last.
 */
export async function reserveQuota(tx: Tx, { userId, brandId, amounts, now }: Reserve): Promise<void> {
  const wanted = whole(amounts);
  if (QUOTA_METRICS.every((metric) => wanted[metric] === 0)) return;
  for (const subject of subjectsOf(userId, brandId)) {
    for (const { metric, used, limit, brand } of await countUp(tx, subject, wanted, quotaMonthOf(now))) {
      if (limit === null || wanted[metric] === 0 || used <= limit) continue;
      refuse({ metric, before: used - wanted[metric], wanted: wanted[metric], limit, brand, now });
    }
  }
}

/** The upsert locks the month's row, so that each request sees what the ones before it took. */
async function countUp(tx: Tx, { userId, brandId }: CountedFor, amounts: Required<Amounts>, month: string) {
  const rows = await tx.execute<Row>(sql`
    with counted as (
      insert into usage_month (user_id, brand_id, month, images, video_seconds, tokens, credits)
      values (${userId}::uuid, ${brandId}::uuid, ${month}, ${amounts.images}::bigint, ${amounts.video_seconds}::real,
        ${amounts.tokens}::bigint, ${amounts.credits}::bigint)
      on conflict on constraint usage_month_subject do update set
        images = usage_month.images + excluded.images,
        video_seconds = usage_month.video_seconds + excluded.video_seconds,
        tokens = usage_month.tokens + excluded.tokens,
        credits = usage_month.credits + excluded.credits
      returning images, video_seconds, tokens, credits
    )
    select quota.metric, quota."limit"::float8 as "limit", brand.name as brand,
      (case quota.metric when 'images' then counted.images when 'video_seconds' then counted.video_seconds
        when 'tokens' then counted.tokens else counted.credits end)::float8 as used
    from counted
    join quota on quota.user_id is not distinct from ${userId}::uuid and quota.brand_id is not distinct from ${brandId}::uuid
    left join brand on brand.id = quota.brand_id
    order by quota.metric`);
  return [...rows];
}

type Refusal = {
  metric: QuotaMetric;
  before: number;
  wanted: number;
  limit: number;
  brand: string | null;
  now: Date;
};

function refuse({ metric, before, wanted, limit, brand, now }: Refusal): never {
  const month = monthName(now);
  const what = `${brand ? `The quota of ${brand}` : 'Your quota'} of ${metricText(metric, limit)} for ${month}`;
  const left = limit - before;
  const state =
    left <= 0
      ? `is used up: ${numberText(before)} of ${numberText(limit)}.`
      : `has ${numberText(left)} left, and this may take ${metricText(metric, wanted)}.`;
  const who = brand ? 'Its owners can raise it.' : 'The staff of Remixify can raise it.';
  throw new DomainError(
    'quota_exceeded',
    `${what} ${state} It starts again on ${resetText(quotaResetsAt(now))}. ${who} Nothing was charged.`,
    { metric, used: before, limit, wanted },
  );
}
