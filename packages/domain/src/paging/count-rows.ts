import type { Tx } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import { COUNTED_UP_TO } from './schema.ts';

/** Lists are counted for those who ask so: our own pages show no totals and need not pay for them. */
export type MayCount = { countsLists?: boolean };

const HEAD = 'select count(*)::int as total from (';
const TAIL = `limit ${COUNTED_UP_TO + 1}) listed`;

/** How many rows a statement has, at most one more than `COUNTED_UP_TO`: what is beyond is not even looked at. */
export const countedText = (rows: string): string => `${HEAD} ${rows} ${TAIL}`;

/** The total of a list for its page; nothing where nobody wants to know. `rows` has neither a limit nor a cursor. */
export async function countRows(tx: Tx, { countsLists }: MayCount, rows: SQL): Promise<{ total?: number }> {
  if (!countsLists) return {};
  const [counted] = await tx.execute<{ total: number }>(sql`${sql.raw(HEAD)} ${rows} ${sql.raw(TAIL)}`);
  return { total: counted!.total };
}
