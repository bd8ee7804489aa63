import type { Tx } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import { type AlertFacts, type Finding, LIMITS } from './rules.ts';

/** Everything that is wrong by what stands in the database. Wants the system's rights. */
export async function findTroubles(tx: Tx, now: Date): Promise<Finding[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const found: Finding[] = [];
  for (const look of [downProviders, errorRate, oldWork, deadJobs, unevenBooks, oddSpend, oddSignUps]) {
    found.push(...(await look(tx, at)));
  }
  return found;
}

type Look = (tx: Tx, at: SQL) => Promise<Finding[]>;

const downProviders: Look = async (tx, at) => {
  const rows = await tx.execute<{ provider: string; models: string }>(sql`
    select provider, string_agg(distinct model, ', ' order by model) as models from model_health
    where state <> 'closed' and since < ${at} - make_interval(mins => ${LIMITS.providerDownMinutes})
    group by provider order by provider`);
  return rows.map(({ provider, models }) => ({
    rule: 'provider_down',
    key: `provider_down:${provider}`,
    severity: 'warning',
    facts: { provider, models },
  }));
};

const errorRate: Look = async (tx, at) => {
  const [row] = await tx.execute<{ requests: number; failures: number }>(sql`
    select coalesce(sum(requests), 0)::int as requests, coalesce(sum(failures), 0)::int as failures
    from pulse where created_at > ${at} - interval '5 minutes'`);
  const { requests, failures } = row!;
  const share = failures / Math.max(1, requests);
  if (requests < LIMITS.errorMinRequests || share < LIMITS.errorShare) return [];
  const facts = { requests, percent: Math.round(share * 100) };
  return [{ rule: 'error_rate', key: 'error_rate', severity: 'critical', facts }];
};

const oldWork: Look = async (tx, at) => {
  const rows = await tx.execute<{ what: string; minutes: number }>(sql`
    select what, floor(extract(epoch from ${at} - since) / 60)::int as minutes from (
      select 'generation of ' || provider as what, min(coalesce(next_try_at, created_at)) as since from generation
      where status in ('queued', 'retrying') and not is_batch and coalesce(next_try_at, created_at) <= ${at}
      group by provider
      union all
      select name, min(greatest(created_on, start_after)) from pgboss.job
      where state < 'active' and start_after <= ${at} and name not like '\\_\\_pgboss%' group by name
    ) waiting
    where since < ${at} - make_interval(mins => ${LIMITS.queueAgeMinutes}) order by what`);
  return rows.map(({ what, minutes }) => ({
    rule: 'queue_age',
    key: `queue_age:${what}`,
    severity: 'critical',
    facts: { what, minutes },
  }));
};

const deadJobs: Look = async (tx, at) => {
  const rows = await tx.execute<{ job: string; count: number }>(sql`
    select name as job, count(*)::int as count from pgboss.job
    where state = 'failed' and completed_on > ${at} - interval '1 hour' group by name
    having count(*) >= case when name in ('accounts.send-mail', 'backup.daily') then 1 else ${LIMITS.deadJobs} end order by name`);
  return rows.map(({ job, count }) => ({
    rule: 'dead_jobs',
    key: `dead_jobs:${job}`,
    severity: job === 'accounts.send-mail' ? 'critical' : 'warning',
    facts: { job, count },
  }));
};

/** The movements of the last ten minutes and the accounts they touched: cheap, however long the books are. */
const unevenBooks: Look = async (tx, at) => {
  const [row] = await tx.execute<{ movements: number; balances: number }>(sql`
    with recent as (
      select movement_id, account_id from ledger_entry where id > ${sinceId(at, '10 minutes')}
    )
    select
      (select count(*)::int from (
        select from ledger_entry where movement_id in (select movement_id from recent)
        group by movement_id having sum(amount) <> 0) uneven) as movements,
      (select count(*)::int from ledger_account a
        where a.kind in ('user', 'brand') and a.id in (select account_id from recent)
          and a.balance <> (select coalesce(sum(e.amount), 0) from ledger_entry e where e.account_id = a.id)) as balances`);
  const { movements, balances } = row!;
  if (movements + balances === 0) return [];
  const facts: AlertFacts = { wrong: `${many(movements, 'uneven movement')} and ${many(balances, 'wrong balance')}` };
  return [{ rule: 'ledger', key: 'ledger', severity: 'critical', facts }];
};

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The least id of that age: ids are ordered by time, and their index is there already. */
const sinceId = (at: SQL, age: string): SQL => sql`(
  lpad(to_hex(floor(extract(epoch from ${at} - ${age}::interval) * 1000)::bigint), 12, '0')
    || '70008000000000000000')::uuid`;

const oddSpend: Look = async (tx, at) => {
  const [row] = await tx.execute<{ usd: number; usual: number }>(sql`
    select coalesce(sum(cost_micro_usd) filter (where created_at > ${at} - interval '1 hour'), 0)::float8 / 1e6 as usd,
      coalesce(sum(cost_micro_usd) filter (where created_at <= ${at} - interval '1 hour'), 0)::float8 / 1e6 / 168 as usual
    from provider_call where created_at > ${at} - interval '169 hours' and created_at <= ${at}`);
  const { usd, usual } = row!;
  if (usd < LIMITS.spendFloorUsd || usd < usual * LIMITS.spendTimes) return [];
  const facts = { usd: usd.toFixed(2), usualUsd: usual.toFixed(2) };
  return [{ rule: 'odd_spend', key: 'odd_spend', severity: 'critical', facts }];
};

const oddSignUps: Look = async (tx, at) => {
  const [row] = await tx.execute<{ count: number; usual: number }>(sql`
    select count(*) filter (where id > ${sinceId(at, '1 hour')})::int as count,
      count(*) filter (where id <= ${sinceId(at, '1 hour')})::float8 / 168 as usual
    from "user" where id > ${sinceId(at, '169 hours')} and not is_anonymous`);
  const { count, usual } = row!;
  if (count < LIMITS.signUpFloor || count < usual * LIMITS.signUpTimes) return [];
  return [
    { rule: 'odd_sign_ups', key: 'odd_sign_ups', severity: 'warning', facts: { count, usual: usual.toFixed(1) } },
  ];
};
