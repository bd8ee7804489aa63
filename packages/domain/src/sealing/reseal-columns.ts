import { transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';
import { isSealed, type SealedPlace, versionOf } from './sealer.ts';

const BATCH = 500;

export type Resealed = {
  /** Values that are under the newest key now and were not before. */
  moved: number;
  /** Values that no key opens. They are left as they are. */
  shut: number;
};

/**
 * Puts every sealed value under the newest key, and seals what was plain. Batch by batch, each committed; begun again, it
 * goes on with what is left. A value that changes meanwhile is left to whoever changed it.
 */
export async function resealColumns(ctx: Pick<SystemContext, 'db' | 'sealer' | 'actor'>): Promise<Resealed> {
  const total: Resealed = { moved: 0, shut: 0 };
  for (const column of SEALED_COLUMNS) {
    let after: string | null = '00000000-0000-0000-0000-000000000000';
    while (after !== null) after = await resealBatch(ctx, column, after, total);
  }
  return total;
}

type Column = (typeof SEALED_COLUMNS)[number];

/** Answers with the last row it looked at, or null when there are no more. */
async function resealBatch(
  { db, sealer, actor }: Pick<SystemContext, 'db' | 'sealer' | 'actor'>,
  { table, column }: Column,
  after: string,
  total: Resealed,
): Promise<string | null> {
  const [from, value] = [sql.identifier(table), sql.identifier(column)];
  return transactAs(db, actor, async (tx) => {
    const rows = await tx.execute<{ id: string; text: string }>(sql`
      select id, ${value} as text from ${from}
      where id > ${after} and ${value} <> '' and ${value} not like ${`v${sealer.newest}.%`}
      order by id limit ${BATCH}`);
    for (const { id, text } of rows) {
      const next = sealAnew(text, { table, column, id });
      if (next === null) total.shut += 1;
      else {
        const moved = await tx.execute(
          sql`update ${from} set ${value} = ${next} where id = ${id} and ${value} = ${text} returning id`,
        );
        total.moved += moved.length;
      }
    }
    return rows.at(-1)?.id ?? null;
  });

  function sealAnew(text: string, place: SealedPlace): string | null {
    try {
      return sealer.seal(isSealed(text) ? sealer.open(text, place) : text, place);
    } catch {
      return null;
    }
  }
}

/** The versions of keys that values are sealed with now. */
export async function versionsInUse({ db, actor }: Pick<SystemContext, 'db' | 'actor'>): Promise<number[]> {
  const found = new Set<number>();
  for (const { table, column } of SEALED_COLUMNS) {
    const value = sql.identifier(column);
    const rows = await transactAs(db, actor, (tx) =>
      tx.execute<{ head: string }>(
        sql`select distinct substring(${value} from '^v[0-9]+[.]') as head from ${sql.identifier(table)} where ${value} ~ '^v[0-9]+[.]'`,
      ),
    );
    for (const { head } of rows) found.add(versionOf(`${head}a.a.a`)!);
  }
  return [...found].sort((a, b) => a - b);
}
