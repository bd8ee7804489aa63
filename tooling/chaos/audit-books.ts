import type { Sql } from 'postgres';

/** One thing that must hold, and every case in which it does not. */
export type Finding = { rule: string; cases: string[] };

/** Everything that Postgres alone can tell: states, holds, the ledger, quotas, usage. */
export async function auditBooks(sql: Sql): Promise<Finding[]> {
  const check = async (rule: string, rows: Promise<readonly { it: string }[]>): Promise<Finding> => ({
    rule,
    cases: (await rows).map(({ it }) => it),
  });
  const rules = [
    check(
      'every generation is in an end state, and nobody is at it',
      sql`select concat_ws(' ', id, kind, model, status, 'attempt', attempt, 'submitted', submitted_at, 'beat', heartbeat_at) as it
        from generation where status not in ('done', 'failed', 'cancelled') or run_token is not null or finished_at is null`,
    ),
    check(
      'an end has what belongs to it: a failure its sentence, a result its output',
      sql`select concat_ws(' ', id, kind, status) as it from generation where
        (status = 'failed') <> (failure is not null)
        or (status = 'failed') <> (failure_sentence is not null)
        or (status = 'done') <> (output_asset_id is not null or output is not null)`,
    ),
    check(
      'nothing ends because something broke on our side',
      sql`select concat_ws(' ', id, kind, model) as it from generation where failure = 'internal'`,
    ),
    check(
      'the owner was told of one end only',
      sql`select concat_ws(' ', g.id, g.status, string_agg(e.verb, ', ')) as it
        from generation g left join event e
          on e.noun = 'generation' and e.noun_id = g.id and e.verb in ('done', 'failed', 'cancelled')
        group by g.id having count(e.id) <> 1 or min(e.verb) <> g.status::text`,
    ),
    check(
      'every hold is captured or released, once, and only a result is charged',
      sql`select concat_ws(' ', id, status, 'quoted', quoted, 'held', held, 'captured', captured, 'released', released) as it
        from (
          select g.id, g.status, g.model, g.quoted_credits as quoted,
            coalesce(sum(-e.amount) filter (where e.kind = 'hold' and e.amount < 0), 0) as held,
            coalesce(sum(-e.amount) filter (where e.kind = 'capture' and e.amount < 0), 0) as captured,
            coalesce(sum(-e.amount) filter (where e.kind = 'release' and e.amount < 0), 0) as released,
            count(*) filter (where e.kind = 'hold' and e.amount < 0) as holds,
            count(*) filter (where e.kind = 'capture' and e.amount < 0) as captures
          from generation g left join ledger_entry e on e.generation_id = g.id group by g.id
        ) as books
        where held <> quoted or captured + released <> held or holds > 1 or captures > 1
          or (status = 'done' and held > 0 and captured = 0 and model <> 'local/rules') or (status <> 'done' and captured > 0)`,
    ),
    check(
      'no user action was charged twice',
      sql`select concat_ws(' ', g.owner_id, g.idempotency_key, count(*)) as it
        from ledger_entry e join generation g on g.id = e.generation_id
        where e.kind = 'capture' and e.amount < 0 group by g.owner_id, g.idempotency_key having count(*) > 1`,
    ),
    check(
      'nothing is left in the account of what is held',
      sql`select concat_ws(' ', 'held', sum(e.amount)) as it
        from ledger_entry e join ledger_account a on a.id = e.account_id where a.kind = 'held' having sum(e.amount) <> 0`,
    ),
    check(
      'the ledger sums to zero, movement by movement',
      sql`select concat_ws(' ', movement_id, sum(amount)) as it from ledger_entry group by movement_id having sum(amount) <> 0`,
    ),
    check(
      'a balance is the sum of its entries and never below zero',
      sql`select concat_ws(' ', a.id, a.kind, a.balance, coalesce(sum(e.amount), 0)) as it
        from ledger_account a left join ledger_entry e on e.account_id = a.id where a.kind in ('user', 'brand')
        group by a.id having a.balance <> coalesce(sum(e.amount), 0) or a.balance < 0`,
    ),
    check(
      'a result has the row of the call that made it, and only one',
      sql`select concat_ws(' ', g.id, g.kind, g.model, count(c.id)) as it
        from generation g left join provider_call c on c.generation_id = g.id and c.outcome in ('done', 'found')
        where g.status = 'done' and g.reused_from_id is null group by g.id having count(c.id) <> 1`,
    ),
    check(
      'what providers cost is booked as it was measured',
      sql`select concat_ws(' ', provider, measured, booked) as it from (
          select provider, sum(cost_micro_usd)::bigint as measured,
            coalesce((select sum(e.amount) from ledger_entry e join ledger_account a on a.id = e.account_id
              where a.kind = 'provider_cost' and a.provider = c.provider), 0) as booked
          from provider_call c group by provider) as costs where measured <> booked`,
    ),
    check(
      'a person has one generation a key',
      sql`select concat_ws(' ', owner_id, idempotency_key, count(*)) as it
        from generation group by owner_id, idempotency_key having count(*) > 1`,
    ),
    check(
      'every vector is there',
      sql`select concat_ws(' ', g.id, count(e.id)) as it
        from generation g left join embedding e on e.generation_id = coalesce(g.reused_from_id, g.id)
        where g.kind = 'text.embed' group by g.id
        having count(e.id) <> case when g.status = 'done' then (g.output->>'count')::int else 0 end`,
    ),
  ];
  return Promise.all(rules);
}

type MonthRow = { subject: string; images: string; videoSeconds: number; tokens: string; credits: string };

/** The counters of the quotas beside what they would be if they were counted anew by `rebuild`. */
export async function auditQuotas(sql: Sql, rebuild: () => Promise<unknown>): Promise<Finding> {
  const read = async () => {
    const rows = await sql<MonthRow[]>`
      select concat_ws(' ', user_id, brand_id, month) as subject, images, video_seconds as "videoSeconds", tokens, credits
      from usage_month where images <> 0 or video_seconds <> 0 or tokens <> 0 or credits <> 0`;
    return new Map(rows.map(({ subject, ...counted }) => [subject, JSON.stringify(counted)]));
  };
  const kept = await read();
  await rebuild();
  const counted = await read();
  const cases = [...new Set([...kept.keys(), ...counted.keys()])]
    .filter((subject) => kept.get(subject) !== counted.get(subject))
    .map((subject) => `${subject}: kept ${kept.get(subject) ?? 'none'}, counted ${counted.get(subject) ?? 'none'}`);
  return { rule: 'the counters of the quotas are what was used', cases };
}
