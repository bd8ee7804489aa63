import { transactAs } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { WEBHOOK_EVENTS } from './rules.ts';

const BATCH = 2_000;

const TYPES: SQL = sql.join(
  Object.entries(WEBHOOK_EVENTS).flatMap(([type, { nouns, verb }]) =>
    nouns.map((noun) => sql`(${noun}::text, ${verb}::text, ${type}::text)`),
  ),
  sql`, `,
);

/**
 * Reads on in the events, in commit-safe order, and makes a delivery for every endpoint that asked for one. One worker at
 * a time; the place is moved in the same transaction, so each event is read once. Takes no lock a writer would wait for.
 * Returns how many events were read.
 */
export const tailEvents = (ctx: SystemContext, batch = BATCH): Promise<number> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    // A place beyond what this server has counted comes from another one (a restored backup): all it holds is told.
    await tx.execute(sql`
      insert into webhook_cursor (id, xid, event_id) select 1, pg_snapshot_xmin(pg_current_snapshot()), 0
      on conflict (id) do update set xid = excluded.xid, event_id = 0
      where webhook_cursor.xid > pg_snapshot_xmax(pg_current_snapshot())`);
    const [read] = await tx.execute<{ events: number }>(sql`
      with place as (select xid, event_id from webhook_cursor where id = 1 for update skip locked),
      batch as materialized (
        select event.* from event, place
        where (event.xid, event.id) > (place.xid, place.event_id)
          and event.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by event.xid, event.id limit ${batch}
      ),
      made as (
        insert into webhook_delivery (endpoint_id, event_id, type, happened_at, due_at)
        select endpoint.id, batch.id, told.type, batch.created_at, ${ctx.now().toISOString()}::timestamptz
        from batch
        join (values ${TYPES}) told (noun, verb, type) on told.noun = batch.noun and told.verb = batch.verb
        join webhook_endpoint endpoint on endpoint.state = 'active' and told.type = any (endpoint.types)
          and endpoint.created_at <= batch.created_at
          and ((endpoint.brand_id is null and endpoint.owner_id = batch.audience_id) or endpoint.brand_id = batch.brand_id)
        order by batch.xid, batch.id
        on conflict do nothing
      ),
      moved as (
        update webhook_cursor set (xid, event_id) = (select xid, id from batch order by xid desc, id desc limit 1)
        where id = 1 and exists (select from batch)
      )
      select count(*)::int as events from batch`);
    return read!.events;
  });
