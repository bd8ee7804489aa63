import type { Sql, TransactionSql } from 'postgres';
import { nameOf } from './tables.ts';

/** The first number that a transaction of people may have. */
const FIRST_XID = 3;

/**
 * A cluster counts its transactions from the beginning: restored numbers above its count would hide their events, from
 * readers who stop at the oldest running transaction, for as long as it takes to count up to them. So they are written
 * anew, small and in the same order: one number goes on as long as the ids behind it grow. Other columns of such numbers
 * (how far somebody has read) move along. Wants triggers off. Resolves to the highest number given, or null.
 */
export async function freezeXids(tx: TransactionSql): Promise<number | null> {
  const [state] = await tx<{ above: boolean | null }[]>`
    select max(xid) >= pg_snapshot_xmin(pg_current_snapshot()) as above from event`;
  const cursors = await tx<{ schema: string; name: string; column: string }[]>`
    select table_schema as schema, table_name as name, column_name as column from information_schema.columns
    where udt_name = 'xid8' and table_schema = 'public' and table_name <> 'event'`;
  if (!state?.above) return null;
  await tx`
    create temp table frozen_xid on commit drop as
    with ordered as (select id, xid, lag(id) over (order by xid, id) as before from event)
    select id, xid as was, ${FIRST_XID}::bigint + sum((before is not null and id < before)::int) over (order by xid, id) as now
    from ordered`;
  await tx`create index on frozen_xid (was, now)`;
  for (const { column, ...table } of cursors) {
    await tx.unsafe(`
      update ${nameOf(table)} set "${column}" = coalesce(
        (select now from frozen_xid where was <= "${column}" order by was desc, now desc limit 1), 0)::text::xid8
      where "${column}" is not null`);
  }
  await tx`update event set xid = frozen_xid.now::text::xid8 from frozen_xid where frozen_xid.id = event.id`;
  const [highest] = await tx<{ now: string }[]>`select max(now) as now from frozen_xid`;
  return Number(highest!.now);
}

/** Counts the cluster up past `xid`, by transactions that do nothing. Rarely needed, and quick. */
export async function countPast(sql: Sql, xid: number): Promise<void> {
  const [row] = await sql<{ missing: number }[]>`
    select greatest(0, ${xid}::bigint + 1 - pg_snapshot_xmin(pg_current_snapshot())::text::bigint)::int as missing`;
  if (row!.missing === 0) return;
  await sql.unsafe(`do $$ begin
    for turn in 1..${row!.missing + 1} loop perform pg_current_xact_id(); commit; end loop;
  end $$`);
}
