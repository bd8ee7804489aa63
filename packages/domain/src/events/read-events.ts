import type { Db, Tx } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import type { UserActor } from '../context.ts';
import { EVERYBODY, type PositionedEvent } from './schema.ts';

/** So many are read at once. */
export const BATCH = 500;

type Row = {
  xid: string;
  id: string;
  noun: string;
  noun_id: string;
  verb: string;
  payload: Record<string, unknown>;
  created_at: Date | string;
  audience_id: string | null;
  brand_id: string | null;
};

const COLUMNS = sql.raw('xid::text, id::text, noun, noun_id, verb, payload, created_at, audience_id, brand_id');

export function isAfter(a: string, b: string): boolean {
  const [ax = 0n, ai = 0n] = a.split('.').map(BigInt);
  const [bx = 0n, bi = 0n] = b.split('.').map(BigInt);
  return ax > bx || (ax === bx && ai > bi);
}

/** The place just before everything that is not yet safe to read. */
export async function readHead(db: Db): Promise<string> {
  const [row] = await db.execute<{ xmin: string }>(sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`);
  return `${BigInt(row!.xmin) - 1n}.${'9'.repeat(18)}`;
}

export async function readAfter(db: Db, position: string, audienceId: string | null): Promise<PositionedEvent[]> {
  const [xid, id] = position.split('.');
  const rows = await db.execute<Row>(sql`
    select ${COLUMNS} from event
    where (xid, id) > (${xid}::text::xid8, ${id}::text::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    ${audienceId ? sql`and audience_id in (${audienceId}, ${EVERYBODY})` : sql`and (audience_id is not null or brand_id is not null)`}
    order by xid, id limit ${BATCH}`);
  return rows.map(eventOf);
}

/** What the asker may see of a brand and of what is for themselves, each found by its own index. */
export async function readSeen(
  tx: Tx,
  { actor, brandId }: { actor: UserActor; brandId: string },
  position: string,
): Promise<PositionedEvent[]> {
  const [xid, id] = position.split('.');
  const half = (isTheirs: SQL) => sql`
    (select * from event where ${isTheirs} and (xid, id) > (${xid}::text::xid8, ${id}::text::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid, id limit ${BATCH})`;
  const rows = await tx.execute<Row>(sql`
    select ${COLUMNS} from (
      ${half(sql`brand_id = ${brandId}`)}
      union all
      ${half(sql`audience_id in (${actor.userId}, ${EVERYBODY}) and brand_id is distinct from ${brandId}`)}
    ) seen order by seen.xid, seen.id limit ${BATCH}`);
  return rows.map(eventOf);
}

const eventOf = (row: Row): PositionedEvent => ({
  position: `${row.xid}.${row.id}`,
  audienceId: row.audience_id,
  brandId: row.brand_id,
  event: { noun: row.noun, nounId: row.noun_id, verb: row.verb, payload: row.payload, at: new Date(row.created_at) },
});
