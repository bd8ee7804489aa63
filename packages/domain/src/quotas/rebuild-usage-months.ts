import { transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';

/**
 * Counts every month anew from the generations: open ones by what they reserve, done ones by what they took, all
 * others by nothing. Resolves to how many counters there are. Nobody counts meanwhile.
 */
export const rebuildUsageMonths = (ctx: Pick<SystemContext, 'db' | 'actor'>): Promise<number> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    // Whoever counts at this moment ends first, and is seen; whoever begins waits and counts on top.
    await tx.execute(sql`lock table usage_month in exclusive mode`);
    await tx.execute(sql`delete from usage_month`);
    const rows = await tx.execute(sql`
      with counted as (
        select g.owner_id, g.brand_id, to_char(g.created_at at time zone 'UTC', 'YYYY-MM') as month,
          coalesce((g.reserved->>'images')::bigint, 0) as images,
          coalesce((g.reserved->>'video_seconds')::real, 0) as video_seconds,
          case when g.status = 'done' and told.tokens > 0 then told.tokens
            else coalesce((g.reserved->>'tokens')::numeric::bigint, 0) end as tokens,
          case when g.status = 'done' then coalesce(captured.credits, 0)
            else coalesce((g.reserved->>'credits')::bigint, 0) end as credits
        from generation g
        left join lateral (
          select sum(c.input_tokens + c.output_tokens)::bigint as tokens from provider_call c
          where c.generation_id = g.id and c.outcome = 'done') told on true
        left join lateral (
          select sum(-e.amount)::bigint as credits from ledger_entry e
          where e.generation_id = g.id and e.kind = 'capture' and e.amount < 0) captured on true
        where g.status not in ('failed', 'cancelled') and g.reused_from_id is null
      ), by_subject as (
        select owner_id as user_id, null::uuid as brand_id, month, images, video_seconds, tokens, credits from counted
        union all
        select null, brand_id, month, images, video_seconds, tokens, credits from counted where brand_id is not null
      )
      insert into usage_month (user_id, brand_id, month, images, video_seconds, tokens, credits)
      select user_id, brand_id, month, sum(images), sum(video_seconds), sum(tokens), sum(credits)
      from by_subject group by user_id, brand_id, month
      returning 1`);
    return rows.length;
  });
