import { generations, type Tx, transactAs } from '@repo/db';
import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { recordEvent } from '../events/record-event.ts';
import type { GenerationRow } from './open-generation.ts';
import { OWNER_AT_ONCE } from './take-turn.ts';

/** A run that was not heard of for this long holds its claim no more. Beats come every 3 s at most. */
export const CLAIM_STALE_SECONDS = 10;
/** Where a paid answer may still be on its way, its run gets longer: whoever takes over can only ask after it. */
const SUBMIT_STALE_SECONDS = 30;
const CLAIM_LOCK = 727_318_905;
/** How far down the line is looked when those in front may not start. */
const LOOK_AHEAD = 500;

/** How many more requests of a provider this process can take, and how many may be under way everywhere. */
export type Lane = { provider: string; free: number; atOnce: number };

/** A generation for this run alone: its `runToken` fences, whoever lost it can finish nothing. */
export type Claimed = GenerationRow & { runToken: string };

const isStale = (now: string) => sql`heartbeat_at < ${now}::timestamptz - case
  when submitted_at is not null and operation_ref is null then make_interval(secs => ${SUBMIT_STALE_SECONDS})
  else make_interval(secs => ${CLAIM_STALE_SECONDS}) end`;

/**
 * Takes what is due and may run now: first what a vendor is at already, then what waits, interactive before batch
 * and people in turns, at most `OWNER_AT_ONCE` of one person and `atOnce` of a provider. Claimers take turns, so
 * that two processes together never exceed a limit.
 */
export function claimDue(ctx: SystemContext, lanes: readonly Lane[]): Promise<Claimed[]> {
  const open = lanes.filter(({ free }) => free > 0);
  if (open.length === 0) return Promise.resolve([]);
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`);
    const now = ctx.now().toISOString();
    const isFree = sql`(run_token is null or ${isStale(now)}) and (next_try_at is null or next_try_at <= ${now}::timestamptz)`;
    const lane = sql`(select * from jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as l(provider text, free int, "atOnce" int))`;
    const picked = await tx.execute<{ id: string }>(sql`
      with lane as ${lane},
      flight as (
        select provider, owner_id, count(*)::int as n from generation
        where status in ('running', 'checking') group by provider, owner_id
      ),
      returning_ones as (
        select g.id, row_number() over (partition by g.provider order by g.next_try_at nulls first, g.id) as nth, g.provider
        from generation g join lane using (provider)
        where g.status in ('running', 'checking') and ${isFree}
      ),
      waiting as (
        select id, provider, owner_id, is_batch, turn, created_at from generation
        where status in ('queued', 'retrying', 'checking') and status <> 'checking' 
          -- What is answered word by word is begun by whoever asked; if they never did, it is ended.
          and (kind <> 'text.stream' or created_at < ${now}::timestamptz - interval '60 seconds')
          and provider in (select provider from lane) and ${isFree}
        order by is_batch, turn, created_at limit ${LOOK_AHEAD}
      ),
      of_owner as (
        select w.*, row_number() over (partition by owner_id order by is_batch, turn, created_at, id)
          + coalesce((select sum(n) from flight f where f.owner_id = w.owner_id), 0) as nth_of_owner
        from waiting w
      ),
      allowed as (
        select o.*, row_number() over (partition by provider order by is_batch, turn, created_at, id) as nth
        from of_owner o where nth_of_owner <= ${OWNER_AT_ONCE}
      )
      select r.id from returning_ones r join lane using (provider) where r.nth <= lane.free
      union all
      select a.id from allowed a join lane using (provider)
      where a.nth <= least(
        lane.free - (select count(*) from returning_ones r where r.provider = a.provider),
        lane."atOnce" - coalesce((select sum(n) from flight f where f.provider = a.provider), 0))`);
    return claim(
      tx,
      ctx,
      picked.map(({ id }) => id),
    );
  });
}

/** Takes this one, in turn or not, if nobody else is at it and it is due. */
export function claimOne(ctx: SystemContext, id: string): Promise<Claimed | undefined> {
  return transactAs(ctx.db, ctx.actor, async (tx) => (await claim(tx, ctx, [id]))[0]);
}

async function claim(tx: Tx, ctx: SystemContext, ids: string[]): Promise<Claimed[]> {
  if (ids.length === 0) return [];
  const now = ctx.now();
  const at = now.toISOString();
  const begins = sql`(operation_ref is null and submitted_at is null and status <> 'checking')`;
  const claimed = await tx
    .update(generations)
    .set({
      // Between two looks at a vendor it runs on; what was asked and never answered is being checked.
      status: sql`case when status = 'checking' or (submitted_at is not null and operation_ref is null)
        then 'checking'::generation_status else 'running'::generation_status end`,
      attempt: sql`attempt + case when ${begins} then 1 else 0 end`,
      progress: sql`case when ${begins} then 0 else progress end`,
      doing: sql`case when ${begins} then 'Starting' else doing end`,
      runToken: sql`gen_random_uuid()`,
      heartbeatAt: now,
      startedAt: sql`coalesce(started_at, ${at}::timestamptz)`,
      nextTryAt: null,
    })
    .where(
      and(
        inArray(generations.id, ids),
        inArray(generations.status, ['queued', 'running', 'retrying', 'checking']),
        or(isNull(generations.runToken), isStale(at)),
        sql`(next_try_at is null or next_try_at <= ${at}::timestamptz)`,
      ),
    )
    .returning();
  for (const { id, ownerId, operationRef, status, doing, progress } of claimed) {
    // Every look at a vendor is a claim; only what changes for the owner is news.
    if (operationRef) continue;
    await recordEvent(tx, ctx.actor, {
      noun: 'generation',
      nounId: id,
      verb: status === 'checking' ? 'checking' : 'running',
      audienceId: ownerId,
      payload: { status, progress, doing },
    });
  }
  // In the order in which they were picked.
  const place = new Map(ids.map((id, index) => [id, index]));
  return (claimed as Claimed[]).sort((a, b) => place.get(a.id)! - place.get(b.id)!);
}

/** Gives a claim back without a change, for somebody else to take at once. */
export async function letGo(ctx: SystemContext, generation: Pick<Claimed, 'id' | 'runToken'>): Promise<void> {
  await transactAs(ctx.db, ctx.actor, (tx) =>
    tx
      .update(generations)
      .set({ runToken: null, nextTryAt: null })
      .where(and(eq(generations.id, generation.id), eq(generations.runToken, generation.runToken))),
  );
}
