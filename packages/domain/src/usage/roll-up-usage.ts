import { type Tx, transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { rollUpUsageJob } from '../job-definitions.ts';
import { usageDayOf } from './rules.ts';
import { startOf, sumUpCalls } from './sum-up-calls.ts';

/** Sums up all days from `from` (`2026-11-30`, UTC) on, anew. Safe to repeat. Resolves to how many rows there are. */
export const rollUpUsage = (ctx: Pick<SystemContext, 'db' | 'actor'>, { from }: { from: string }): Promise<number> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    // Two at once would both insert.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('usage.roll_up', 0))`);
    await tx.execute(sql`delete from usage_day where day >= ${from}::date`);
    const rows = await tx.execute(sql`
      insert into usage_day (day, provider, model, operation, user_id, brand_id, calls, failures, images, video_seconds,
        input_tokens, output_tokens, cost_micro_usd, latency_ms)
      ${sumUpCalls(startOf(from))} returning 1`);
    return rows.length;
  });

/** The same for every day there is. */
export const rollUpAllUsage = async (ctx: Pick<SystemContext, 'db' | 'actor' | 'now'>): Promise<number> =>
  rollUpUsage(ctx, { from: await transactAs(ctx.db, ctx.actor, (tx) => firstDay(tx, ctx.now())) });

async function firstDay(tx: Tx, now: Date): Promise<string> {
  const [row] = await tx.execute<{ day: string }>(sql`
    select least(
      coalesce((select min((created_at at time zone 'UTC')::date) from provider_call), ${usageDayOf(now)}::date),
      coalesce((select min(day) from usage_day), ${usageDayOf(now)}::date))::text as day`);
  return row!.day;
}

/**
 * Sums up from the day before the newest that was summed up, everything where none was: days on which the job did not
 * run are caught up. A call of just before midnight may be written just after.
 */
export const rollUpRecentUsage = handleJob(rollUpUsageJob, async (ctx: SystemContext) => {
  const from = await transactAs(ctx.db, ctx.actor, (tx) => firstOpenDay(tx, ctx.now()));
  await (from === null ? rollUpAllUsage(ctx) : rollUpUsage(ctx, { from }));
});

/** Never later than yesterday, also where a clock ran ahead once. Null where nothing was summed up yet. */
async function firstOpenDay(tx: Tx, now: Date): Promise<string | null> {
  const [row] = await tx.execute<{ day: string | null }>(sql`
    select (least(max(day), ${usageDayOf(now)}::date) - 1)::text as day from usage_day having max(day) is not null`);
  return row?.day ?? null;
}
