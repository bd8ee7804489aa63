import { transactAs } from '@repo/db';
import { handleJob } from '@repo/jobs';
import { sql } from 'drizzle-orm';
import type { SystemContext, Tools } from '../../context.ts';
import { measureModelsJob } from '../../job-definitions.ts';
import { judgePace, LATEST, type Pace, RECENT_MINUTES, RUNS } from './pace.ts';

export type MeasureTools = Pick<Tools, 'db' | 'now' | 'models'>;

type Runs = {
  provider: string;
  model: string;
  operation: string;
  typicalMs: number;
  /** Milliseconds, the newest first. */
  latest: number[];
  earlier: number[];
  recent: { ms: number; startedAt: number }[];
  running: { ms: number; startedAt: number }[];
};

/**
 * Measures every model that is offered, at every kind it does: how long its last runs took, and whether it is slower
 * than usual. Writes it where all processes read it.
 */
export async function measureModels(ctx: MeasureTools & Pick<SystemContext, 'actor'>): Promise<void> {
  const wanted = ctx.models.entries
    .filter(({ isEnabled }) => isEnabled)
    .flatMap(({ id, provider, prices, typicalSeconds }) =>
      Object.keys(prices).map((operation) => ({
        provider,
        model: id,
        operation,
        typicalMs: Math.round(typicalSeconds * 1000),
      })),
    )
    // Two processes that measure at once take the rows in one order.
    .sort((a, b) => (`${a.model} ${a.operation}` < `${b.model} ${b.operation}` ? -1 : 1));
  if (wanted.length === 0) return;
  const now = ctx.now();
  await transactAs(ctx.db, ctx.actor, async (tx) => {
    const runs = await tx.execute<Runs>(runsOf(wanted, now));
    const paces = runs.map(({ provider, model, operation, ...durations }) => ({
      provider,
      model,
      operation,
      ...judgePace(durations),
    }));
    await tx.execute(writePaces(paces, now));
  });
}

export const measureAllModels = handleJob(measureModelsJob, measureModels);

/** The last runs of each: a call that brought its result at once, or the time from the submit until it came. */
function runsOf(wanted: object[], now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const isRecent = sql`created_at > ${at} - make_interval(mins => ${RECENT_MINUTES})`;
  const calls = (where: ReturnType<typeof sql>) => sql`
    select c.created_at,
      case when c.step = 'start' then c.latency_ms::float8
        else extract(epoch from c.created_at - coalesce(g.submitted_at, g.started_at)) * 1000 end::float8 as ms
    from provider_call c left join generation g on g.id = c.generation_id
    where c.model = w.model and c.operation = w.operation and c.outcome = 'done'
      and c.created_at > ${at} - interval '24 hours'
      and (c.step = 'start' or coalesce(g.submitted_at, g.started_at) is not null)
      ${where}
    order by c.created_at desc limit ${RUNS}`;
  return sql`
    select w.provider, w.model, w.operation, w."typicalMs", l.latest, l.recent, e.earlier, r.running
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      as w(provider text, model text, operation text, "typicalMs" int)
    cross join lateral (
      select coalesce(jsonb_agg(ms order by created_at desc), '[]') as latest,
        coalesce(jsonb_agg(jsonb_build_object('ms', ms, 'startedAt', extract(epoch from created_at) * 1000 - ms))
          filter (where nth <= ${LATEST} and ${isRecent}), '[]') as recent
      from (select ms, created_at, row_number() over (order by created_at desc) as nth from (${calls(sql``)}) done) n
    ) l
    cross join lateral (
      select coalesce(jsonb_agg(ms), '[]') as earlier
      from (${calls(sql`and c.created_at <= ${at} - make_interval(mins => ${RECENT_MINUTES})`)}) done
    ) e
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object(
        'ms', extract(epoch from ${at} - g.submitted_at) * 1000,
        'startedAt', extract(epoch from g.submitted_at) * 1000)), '[]') as running
      from generation g
      where g.provider = w.provider and g.model = w.model and g.kind::text = w.operation
        and g.status = 'running' and g.submitted_at is not null
    ) r
    order by w.model, w.operation`;
}

function writePaces(paces: (Pace & { provider: string; model: string; operation: string })[], now: Date) {
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql`
    insert into model_health as h (provider, model, operation, p50_ms, p95_ms, samples, recent_ms, usual_ms, slow_since,
      since, measured_at, updated_at)
    select provider, model, operation, "p50Ms", "p95Ms", samples, "recentMs", "usualMs",
      case when "isSlow" then ${at} end, ${at}, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(paces)}::jsonb) as p(provider text, model text, operation text,
      "p50Ms" int, "p95Ms" int, samples int, "recentMs" int, "usualMs" int, "isSlow" boolean)
    order by model, operation
    on conflict (provider, model, operation) do update set
      p50_ms = excluded.p50_ms, p95_ms = excluded.p95_ms, samples = excluded.samples,
      recent_ms = excluded.recent_ms, usual_ms = excluded.usual_ms,
      slow_since = case when excluded.slow_since is not null then coalesce(h.slow_since, excluded.slow_since) end,
      measured_at = excluded.measured_at, updated_at = excluded.updated_at`;
}
