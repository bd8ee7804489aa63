import { asOwner, readAs, type Tx, transactAs } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import type { Tools, UserContext } from '../context.ts';
import { DomainError, notFound } from '../errors.ts';
import { readAbility } from '../permissions/read-asker.ts';
import { type Ability, theBrand } from '../permissions/rules.ts';
import { USAGE_MAX_ROWS, type UsageGroup, usageDayOf } from './rules.ts';
import type { UsageInput, UsageReport, UsageRow } from './schema.ts';
import { startOf, sumUpCalls } from './sum-up-calls.ts';

/** The roll-up runs every five minutes: days that it may not have seen the end of are counted from the calls. */
const ROLLED_UP_AFTER_MS = 10 * 60_000;

/**
 * What was asked of providers within some days, what it cost, and what people paid for it. The staff see all of it
 * or one brand's; owners and admins of a brand their brand's. It may lag some seconds. Throws `not_found`, `forbidden`.
 */
export async function readUsage(ctx: UserContext, input: UsageInput): Promise<UsageReport> {
  const brandId = input.brandId ?? ctx.key?.brandId ?? undefined;
  const ability = await transactAs(ctx.db, ctx.actor, (tx) => readAbility(tx, ctx));
  const isForStaff = ability.can('see_usage', 'Platform');
  if (!isForStaff) mustSee(ability, brandId);
  return readAs(ctx.db, ctx.actor, (tx) =>
    asOwner(tx, (owner) => report(owner, ctx, { ...input, brandId }, isForStaff)),
  );
}

function mustSee(ability: Ability, brandId: string | undefined): void {
  if (!brandId) throw new DomainError('forbidden', 'Only the staff may see what all brands use. Name one of yours.');
  if (ability.can('see_usage', theBrand(brandId))) return;
  if (ability.cannot('see_report', theBrand(brandId))) throw notFound('brand');
  throw new DomainError('forbidden', 'Only the owners and admins of a brand may see what it uses.');
}

const KEY = {
  provider: sql`provider`,
  model: sql`model`,
  brand: sql`brand_id::text`,
  user: sql`user_id::text`,
  day: sql`day::text`,
} satisfies Record<UsageGroup, SQL>;

type Counted = Omit<UsageRow, 'label' | 'failureRate' | 'meanLatencyMs'> & { latencyMs: number };

async function report(tx: Tx, ctx: UserContext, input: UsageInput, isForStaff: boolean): Promise<UsageReport> {
  const { from, to, groupBy } = input;
  const now = ctx.now();
  const counted = await count(tx, input, now);
  const rows = counted.slice(0, USAGE_MAX_ROWS);
  const labels = await labelsOf(tx, ctx, groupBy, rows);
  const total = counted.reduce(add, { ...NOTHING, key: null });
  const { key: _key, ...totals } = shown(total);
  return {
    from,
    to,
    groupBy,
    rows: rows.map((row) => ({ ...shown(row), label: labels(row.key) })),
    leftOut: counted.length - rows.length,
    totals,
    microUsdPerCredit: isForStaff && total.credits > 0 ? total.microUsd / total.credits : null,
    countedAt: now,
  };
}

/** Calls and credits meet by the group's key; a day without either has a row too. */
async function count(tx: Tx, { from, to, groupBy, brandId }: UsageInput, now: Date): Promise<Counted[]> {
  const liveFrom = usageDayOf(new Date(now.getTime() - ROLLED_UP_AFTER_MS));
  const key = KEY[groupBy];
  const isWanted = sql`day between ${from}::date and ${to}::date and ${brandId ? sql`brand_id = ${brandId}` : sql`true`}`;
  const days =
    groupBy === 'day'
      ? sql`select d::date::text from generate_series(${from}::date, ${to}::date, interval '1 day') d`
      : sql`select null where false`;
  const rows = await tx.execute<Counted>(sql`
    with used as (
      select ${key} as key, sum(calls) as calls, sum(failures) as failures, sum(images) as images,
        sum(video_seconds) as video_seconds, sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
        sum(cost_micro_usd) as cost, sum(latency_ms) as latency
      from (
        select * from usage_day where day < ${liveFrom}::date
        union all
        ${sumUpCalls(startOf(liveFrom))}
      ) calls where ${isWanted} group by 1
    ), paid as (
      select ${key} as key, sum(credits) as credits from (
        select (e.created_at at time zone 'UTC')::date as day, e.amount as credits, g.provider, g.model,
          g.owner_id as user_id, g.brand_id
        from ledger_entry e join ledger_account a on a.id = e.account_id and a.kind = 'spent'
        join generation g on g.id = e.generation_id
        where e.created_at >= ${startOf(from)} and e.created_at < ${startOf(to)} + interval '1 day'
      ) payments where ${isWanted} group by 1
    ), keys as (select key from used union select key from paid union ${days})
    select keys.key, coalesce(calls, 0)::float8 as calls, coalesce(failures, 0)::float8 as failures,
      coalesce(images, 0)::float8 as images, coalesce(video_seconds, 0)::float8 as "videoSeconds",
      coalesce(input_tokens, 0)::float8 as "inputTokens", coalesce(output_tokens, 0)::float8 as "outputTokens",
      coalesce(cost, 0)::float8 as "microUsd", coalesce(latency, 0)::float8 as "latencyMs",
      coalesce(credits, 0)::float8 as credits
    from keys
    left join used on used.key is not distinct from keys.key
    left join paid on paid.key is not distinct from keys.key
    order by ${groupBy === 'day' ? sql`keys.key` : sql`coalesce(cost, 0) desc, coalesce(calls, 0) desc, keys.key`}`);
  return [...rows];
}

const NOTHING: Counted = {
  key: null,
  calls: 0,
  failures: 0,
  images: 0,
  videoSeconds: 0,
  inputTokens: 0,
  outputTokens: 0,
  microUsd: 0,
  latencyMs: 0,
  credits: 0,
};

const add = (sum: Counted, row: Counted): Counted => ({
  key: null,
  calls: sum.calls + row.calls,
  failures: sum.failures + row.failures,
  images: sum.images + row.images,
  videoSeconds: sum.videoSeconds + row.videoSeconds,
  inputTokens: sum.inputTokens + row.inputTokens,
  outputTokens: sum.outputTokens + row.outputTokens,
  microUsd: sum.microUsd + row.microUsd,
  latencyMs: sum.latencyMs + row.latencyMs,
  credits: sum.credits + row.credits,
});

const shown = ({ latencyMs, ...row }: Counted): Omit<UsageRow, 'label'> => ({
  ...row,
  failureRate: row.calls === 0 ? 0 : row.failures / row.calls,
  meanLatencyMs: row.calls === 0 ? null : Math.round(latencyMs / row.calls),
});

/** How each key is called in words. */
async function labelsOf(tx: Tx, tools: Tools, groupBy: UsageGroup, rows: readonly Counted[]) {
  const keys = rows.flatMap(({ key }) => key ?? []);
  const names =
    (groupBy === 'brand' || groupBy === 'user') && keys.length > 0
      ? await tx.execute<{ id: string; name: string }>(
          groupBy === 'brand'
            ? sql`select id, name from brand where id in ${keys}`
            : sql`select user_id as id, name from profile where user_id in ${keys}`,
        )
      : [];
  const known = new Map(names.map(({ id, name }) => [id, name]));
  return (key: string | null): string => {
    if (key === null) return groupBy === 'brand' ? 'No brand' : 'Nobody any more';
    if (groupBy === 'model') return tools.models.entries.find(({ id }) => id === key)?.label ?? key;
    return known.get(key) ?? key;
  };
}
