import { asOwner, type Tx, transactAs } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import type { Tools, UserContext } from '../context.ts';
import { labelOf, type ModelShelf } from '../generation/catalogue.ts';
import { explainFailure } from '../generation/explain-failure.ts';
import type { GenerationKind } from '../generation/rules.ts';
import { OWNER_AT_ONCE } from '../generation/take-turn.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import { MOST_MATCHES, STUCK_AFTER_SECONDS } from './rules.ts';
import type { EngineReport, OpenWork } from './schema.ts';

/** What waits, what runs, what failed and what is stuck, counted at this moment. For the staff; throws `forbidden`. */
export const readEngine = (ctx: UserContext): Promise<EngineReport> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look at how the engine does.');
    const now = ctx.now();
    return asOwner(tx, async (owner) => ({
      queues: await countQueues(owner, ctx.models),
      oldestWaiting: (await selectWork(owner, ctx, oldestWaiting))[0] ?? null,
      lastHour: await countLastHour(owner, now),
      stuck: await selectWork(owner, ctx, stuck(ctx.models, now)),
      countedAt: now,
    }));
  });

/** A provider's models share their lane: it is as wide as that of the one that may have most. */
const atOnceOf = (shelf: ModelShelf): Map<string, number> => {
  const lanes = new Map<string, number>();
  for (const { provider, atOnce } of shelf.entries) {
    lanes.set(provider, Math.max(atOnce, lanes.get(provider) ?? 0));
  }
  return lanes;
};

async function countQueues(tx: Tx, shelf: ModelShelf): Promise<EngineReport['queues']> {
  const rows = await tx.execute<{ provider: string; waiting: number; running: number; checking: number }>(sql`
    select provider, count(*) filter (where status in ('queued', 'retrying'))::int as waiting,
      count(*) filter (where status = 'running')::int as running,
      count(*) filter (where status = 'checking')::int as checking
    from generation where status in ('queued', 'running', 'retrying', 'checking') group by provider`);
  const open = new Map(rows.map((row) => [row.provider, row]));
  const lanes = atOnceOf(shelf);
  return [...new Set([...lanes.keys(), ...open.keys()])].map((provider) => {
    const { waiting = 0, running = 0, checking = 0 } = open.get(provider) ?? {};
    return { provider, waiting, running, checking, atOnce: lanes.get(provider) ?? null };
  });
}

async function countLastHour(tx: Tx, now: Date): Promise<EngineReport['lastHour']> {
  const rows = await tx.execute<{ status: 'done' | 'failed' | 'cancelled'; failure: string | null; count: number }>(sql`
    select status, case when status = 'failed' then failure end as failure, count(*)::int as count from generation
    where status in ('done', 'failed', 'cancelled')
      and finished_at > ${now.toISOString()}::timestamptz - interval '1 hour'
    group by 1, 2 order by 3 desc, 2`);
  const total = (status: string) =>
    rows.filter((row) => row.status === status).reduce((sum, { count }) => sum + count, 0);
  return {
    done: total('done'),
    failed: total('failed'),
    cancelled: total('cancelled'),
    reasons: rows
      .filter(({ status }) => status === 'failed')
      .map(({ failure, count }) => {
        const reason = failure ?? 'internal';
        return { reason, sentence: explainFailure(reason).sentence, count };
      }),
  };
}

const oldestWaiting = sql`
  select id, kind, status, provider, model, created_at as since from generation
  where status in ('queued', 'retrying') order by created_at, id limit 1`;

/**
 * What is due, has no living owner, and could have one: a run that was not heard of any more, or work that waits
 * although its provider and its person have a place free.
 */
const stuck = (shelf: ModelShelf, now: Date): SQL => sql`
  with lane as (
    select * from jsonb_to_recordset(${JSON.stringify(
      [...atOnceOf(shelf)].map(([provider, atOnce]) => ({ provider, atOnce })),
    )}::jsonb) as l(provider text, "atOnce" int)
  ), flight as (
    select provider, owner_id, count(*)::int as n from generation
    where status in ('running', 'checking') group by provider, owner_id
  ), quiet as (
    select *, greatest(coalesce(heartbeat_at, created_at), coalesce(next_try_at, created_at)) as since
    from generation where status in ('queued', 'running', 'retrying', 'checking')
  )
  select id, kind, status, provider, model, since from quiet
  where since < ${now.toISOString()}::timestamptz - make_interval(secs => ${STUCK_AFTER_SECONDS})
    and (status in ('running', 'checking') or (
      coalesce((select sum(n) from flight f where f.provider = quiet.provider), 0)
        < (select "atOnce" from lane l where l.provider = quiet.provider)
      and coalesce((select sum(n) from flight f where f.owner_id = quiet.owner_id), 0) < ${OWNER_AT_ONCE}
    ) or provider not in (select provider from lane))
  order by since, id limit ${MOST_MATCHES}`;

type Row = {
  id: string;
  kind: GenerationKind;
  status: string;
  provider: string;
  model: string;
  since_ms: number;
};

async function selectWork(tx: Tx, tools: Tools, work: SQL): Promise<OpenWork[]> {
  const rows = await tx.execute<Row>(sql`
    select *, (extract(epoch from since) * 1000)::float8 as since_ms from (${work}) work order by since, id`);
  return rows.map(({ id, kind, status, provider, model, since_ms }) => ({
    ...{ id, kind, status, provider },
    modelLabel: labelOf(tools.models, model),
    since: new Date(Math.round(since_ms)),
  }));
}
