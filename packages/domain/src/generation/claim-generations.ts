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
/** How far down each line is looked for those that may start; whoever is new stands near its front. */
const LOOK_AHEAD = 128;
/** How many of those a vendor is at already are looked at; few, as each counts against a limit. */
const GOING_ON = 1_000;
/** How many of a line are weighed against each other. */
const WEIGHED = 64;

/** True when nobody holds this claim any more. */
export const isAbandoned = ({ heartbeatAt, submittedAt, operationRef }: GenerationRow, now: Date): boolean => {
  const seconds = submittedAt && !operationRef ? SUBMIT_STALE_SECONDS : CLAIM_STALE_SECONDS;
  return heartbeatAt !== null && now.getTime() - heartbeatAt.getTime() > seconds * 1_000;
};

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
    const candidates = await tx.execute<Candidate>(candidatesOf(open, ctx.now().toISOString()));
    return claim(tx, ctx, pick(open, candidates));
  });
}

/** `ofOwner` and `ofProvider` count what is under way everywhere. */
type Candidate = { id: string; owner: string; provider: string; isNew: boolean; ofOwner: number; ofProvider: number };

/** What could be taken, in the order in which it should be. */
function candidatesOf(open: readonly Lane[], now: string) {
  const isFree = sql`((run_token is null or ${isStale(now)}) and (next_try_at is null or next_try_at <= ${now}::timestamptz))`;
  return sql`
    with lane as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as l(provider text, free int)
    ),
    flight as materialized (
      select provider, owner_id, count(*)::int as n from generation
      where status in ('running', 'checking') group by provider, owner_id
    ),
    of_owner as (select owner_id, sum(n)::int as n from flight group by owner_id),
    of_provider as (select provider, sum(n)::int as n from flight group by provider),
    going_on as (
      select g.id, g.owner_id, g.provider, g.next_try_at from generation g join lane using (provider)
      where g.status in ('running', 'checking') and ${isFree}
      order by g.next_try_at nulls first limit ${GOING_ON}
    ),
    line as (
      select w.*, coalesce(o.n, 0) as of_owner, coalesce(p.n, 0) as of_provider,
        row_number() over (partition by w.provider, w.is_batch, w.owner_id order by w.turn, w.created_at, w.id) as nth
      from lane cross join (values (false), (true)) as class(is_batch) cross join lateral (
        select id, owner_id, provider, is_batch, turn, created_at from generation
        where status in ('queued', 'retrying') and provider = lane.provider and is_batch = class.is_batch
          -- What is answered word by word is begun by whoever asked; if they never did, it is ended.
          and (kind <> 'text.stream' or created_at < ${now}::timestamptz - interval '60 seconds')
          and ${isFree}
        order by turn, created_at limit ${LOOK_AHEAD}
      ) w
      left join of_owner o on o.owner_id = w.owner_id
      left join of_provider p on p.provider = w.provider
    ),
    weighed as (
      select *, row_number() over (partition by provider, is_batch order by turn, created_at, id) as place
      from line where nth + of_owner <= ${OWNER_AT_ONCE}
    ),
    candidate as (
      select id, owner_id, provider, false as is_new, 0 as of_owner, 0 as of_provider,
        false as is_batch, 0::bigint as turn, next_try_at as at from going_on
      union all
      select id, owner_id, provider, true, of_owner, of_provider, is_batch, turn, created_at
      from weighed where place <= ${WEIGHED}
    )
    select id, owner_id as owner, provider, is_new as "isNew", of_owner as "ofOwner", of_provider as "ofProvider"
    from candidate order by is_new, is_batch, turn, at nulls first, id`;
}

/** Takes them in order while their provider has a seat and room, and their owner is not at too many already. */
function pick(open: readonly Lane[], candidates: readonly Candidate[]): string[] {
  const lanes = new Map(open.map((lane) => [lane.provider, { ...lane, begun: 0 }]));
  const begunBy = new Map<string, number>();
  return candidates.flatMap(({ id, owner, provider, isNew, ofOwner, ofProvider }) => {
    const lane = lanes.get(provider);
    if (!lane || lane.free <= 0) return [];
    const begun = begunBy.get(owner) ?? 0;
    if (isNew && (ofProvider + lane.begun >= lane.atOnce || ofOwner + begun >= OWNER_AT_ONCE)) return [];
    lane.free -= 1;
    if (isNew) {
      lane.begun += 1;
      begunBy.set(owner, begun + 1);
    }
    return [id];
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
      inArray(
        generations.id,
        // Whoever is just ending one, such as by cancelling it, holds nobody up who claims others.
        tx
          .select({ id: generations.id })
          .from(generations)
          .where(
            and(
              inArray(generations.id, ids),
              inArray(generations.status, ['queued', 'running', 'retrying', 'checking']),
              or(isNull(generations.runToken), isStale(at)),
              sql`(next_try_at is null or next_try_at <= ${at}::timestamptz)`,
            ),
          )
          .for('update', { skipLocked: true }),
      ),
    )
    .returning();
  for (const { id, ownerId, brandId, operationRef, status, doing, progress } of claimed) {
    // Every look at a vendor is a claim; only what changes for the owner is news.
    if (operationRef) continue;
    await recordEvent(tx, ctx.actor, {
      noun: 'generation',
      nounId: id,
      verb: status === 'checking' ? 'checking' : 'running',
      audienceId: ownerId,
      brandId,
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
