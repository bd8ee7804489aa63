import type { Tx } from '@repo/db';
import { desc, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { countRows, type MayCount } from './count-rows.ts';
import { cursorOf, readCursor } from './cursor.ts';
import type { Page, PageInput } from './schema.ts';

type Key = { at: Date; id: string };

export type PagedList<Row> = {
  page: PageInput;
  /** Where the rows stand, with no more joined than decides which they are: this is what is counted. */
  from: PgTable | SQL;
  /** Which rows are in the list, on whatever page. */
  where: SQL | undefined;
  /** What orders the list, newest first: a time, then the id that tells equal times apart. */
  by: readonly [at: SQLWrapper, id: SQLWrapper];
  select(part: { where: SQL; orderBy: SQL[]; limit: number }): Promise<Row[]>;
  keyOf(row: Row): Key;
};

/** A page of a list that is ordered by time, counted where the asker wants to know how much there is. */
export async function readPage<Row>(tx: Tx, ctx: MayCount, list: PagedList<Row>): Promise<Page<Row>> {
  const { page, from, by, select, keyOf } = list;
  const [at, id] = by;
  const where = list.where ?? sql`true`;
  const after = readCursor(page.cursor);
  const rows = await select({
    where: after ? sql`${where} and (${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::uuid)` : where,
    orderBy: [desc(at), desc(id)],
    limit: page.limit + 1,
  });
  return {
    ...pageOf(rows, page.limit, keyOf),
    ...(await countRows(tx, ctx, sql`select 1 from ${from} where ${where}`)),
  };
}

/** A page of rows that were read with one more than are shown. */
export function pageOf<Row>(rows: Row[], limit: number, keyOf: (row: Row) => Key): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, nextCursor: rows.length > limit && last ? cursorOf(keyOf(last)) : null };
}
