import type { Readable } from 'node:stream';
import type { Sql, TransactionSql } from 'postgres';

/** Ours: the product's, the record of its migrations, and the queue's. */
export const SCHEMAS = ['public', 'drizzle', 'pgboss'];

export type Table = { schema: string; name: string; columns: string[] };

/** Every table that holds rows itself, with the columns that can be written. */
export async function listTables(sql: Sql | TransactionSql): Promise<Table[]> {
  return sql<Table[]>`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname = any(${SCHEMAS})
      -- The queue's statistics have a table for each day, which another day does not have.
      and not (n.nspname = 'pgboss' and c.relname ~ '_\\d{8}$')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    group by 1, 2 order by 1, 2`;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const nameOf = ({ schema, name }: { schema: string; name: string }): string =>
  `${quoted(schema)}.${quoted(name)}`;
const columnsOf = ({ columns }: Table): string => columns.map(quoted).join(', ');

export async function copyOut(sql: TransactionSql, table: Table): Promise<Readable> {
  const rows = await sql.unsafe(`copy ${nameOf(table)} (${columnsOf(table)}) to stdout`).readable();
  // The driver holds its connection back while a reader is slow, and forgets to let it go on where the rows end meanwhile.
  return rows.once('end', () => rows._read(0));
}

export async function copyIn(sql: TransactionSql, table: Table) {
  return sql.unsafe(`copy ${nameOf(table)} (${columnsOf(table)}) from stdin`).writable();
}
