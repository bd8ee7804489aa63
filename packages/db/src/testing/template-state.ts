import postgres from 'postgres';
import type { Db } from '../client.ts';

/** What a clone of the template is brought back to. */
export type TemplateState = {
  /**
   * Makes a clone as the template is. False when it cannot be: its schema was changed since the transaction `since`, it has
   * grown, or somebody is still at work in it.
   */
  sweep(clone: { db: Db; admin: postgres.Sql; name: string }, since: string): Promise<boolean>;
};

/** Bytes that the rows of a test may leave behind; they are dead, but scans pass over them. */
const MAY_GROW = 6e6;
const WAIT_MS = 2_000;

/** Schemas whose rows tell how the schema was made. */
const LEFT_ALONE = ['pg_catalog', 'information_schema', 'drizzle'];
const CATALOGS = [
  'class',
  'attribute',
  'attrdef',
  'proc',
  'trigger',
  'policy',
  'constraint',
  'index',
  'namespace',
  'type',
];

export async function readTemplate(url: string): Promise<TemplateState> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const [size] = await sql<[{ bytes: string }]>`select pg_database_size(current_database()) as bytes`;
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> all (${LEFT_ALONE}) and n.nspname not like 'pg_toast%'`;
  const statements = [
    'set local session_replication_role = replica',
    ...tables.map(({ name }) => `delete from ${name}`),
  ];
  for (const { name } of tables) {
    const [row] = await sql.unsafe(`select json_agg(t)::text as rows from ${name} t`);
    if (row!['rows'] === null) continue;
    const columns = await sql<{ name: string }[]>`
      select quote_ident(attname) as name from pg_attribute
      where attrelid = ${name}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
    const names = columns.map((column) => column.name).join(', ');
    const literal = `'${String(row!['rows']).replaceAll("'", "''")}'`;
    statements.push(
      `insert into ${name} (${names}) overriding system value
       select ${names} from json_populate_recordset(null::${name}, ${literal})`,
    );
  }
  const sequences = await sql<{ name: string; last: string | null; start: string }[]>`
    select format('%I.%I', schemaname, sequencename) as name, last_value as last, start_value as start from pg_sequences`;
  for (const { name, last, start } of sequences)
    statements.push(`select setval('${name}', ${last ?? start}, ${last !== null})`);
  await sql.end();
  const text = statements.join(';\n');

  return {
    async sweep({ db, admin, name }, since) {
      if (!(await isQuiet(db))) return false;
      try {
        await admin`
          select pg_terminate_backend(pid, 1000) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name not in (${name}, ${`${name}-reader`})`;
        if (await hasChanged(admin, since, Number(size.bytes) + MAY_GROW)) return false;
        await admin.unsafe(`begin; ${text}; commit`);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Work that a test left behind may still be on its way. */
async function isQuiet(db: Db): Promise<boolean> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until; ) {
    if (Object.values(db.use()).every(({ inUse }) => inUse === 0)) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

async function hasChanged(admin: postgres.Sql, since: string, bytes: number): Promise<boolean> {
  const touched = CATALOGS.map((catalog) => `exists (select from pg_${catalog} where xmin::text::int8 >= ${since})`);
  const [row] = await admin.unsafe(`
    select ${touched.join(' or ')} or pg_database_size(current_database()) > ${bytes}
      or exists (select from pg_db_role_setting where setdatabase <> 0) as changed`);
  return row!['changed'] as boolean;
}
