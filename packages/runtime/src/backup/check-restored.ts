import postgres, { type TransactionSql } from 'postgres';
import { BackupProblem, type Manifest } from './manifest.ts';
import { nameOf, quoted, SCHEMAS } from './tables.ts';

type ForeignKey = { name: string; child: string; parent: string; pairs: { child: string; parent: string }[] };

/**
 * What loading with triggers off did not look at: every row that was saved is there, every reference leads somewhere, and
 * the books are balanced.
 * @throws BackupProblem with the first thing that is wrong.
 */
export async function checkRestored(tx: TransactionSql, manifest: Manifest, skipped: Set<string>): Promise<void> {
  for (const table of manifest.tables) {
    if (skipped.has(nameOf(table))) continue;
    const [found] = await tx.unsafe<{ rows: number }[]>(`select count(*)::int as rows from ${nameOf(table)}`);
    if (found!.rows !== table.rows) {
      throw new BackupProblem(
        `${nameOf(table)} has ${found!.rows} rows after the restore and should have ${table.rows}.`,
      );
    }
  }
  for (const key of await foreignKeys(tx)) {
    const isSet = key.pairs.map(({ child }) => `c.${quoted(child)} is not null`).join(' and ');
    const isSame = key.pairs.map(({ child, parent }) => `p.${quoted(parent)} = c.${quoted(child)}`).join(' and ');
    const [lost] = await tx.unsafe(
      `select from ${key.child} c where ${isSet} and not exists (select from ${key.parent} p where ${isSame}) limit 1`,
    );
    if (lost)
      throw new BackupProblem(`A row of ${key.child} refers to one of ${key.parent} that is not there (${key.name}).`);
  }
  await checkLedger(tx);
}

async function foreignKeys(tx: TransactionSql): Promise<ForeignKey[]> {
  return tx<ForeignKey[]>`
    select k.conname as name, k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
      (select jsonb_agg(jsonb_build_object('child', a.attname, 'parent', b.attname))
       from unnest(k.conkey, k.confkey) as u(mine, theirs)
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.mine
       join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.theirs) as pairs
    from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where k.contype = 'f' and k.conparentid = 0 and n.nspname = any(${SCHEMAS.filter((name) => name !== 'pgboss')})`;
}

/** Every movement, and so the whole ledger, sums to zero; every balance that is kept is the sum of its entries. */
async function checkLedger(tx: TransactionSql): Promise<void> {
  const [sums] = await tx<{ total: string; movements: number; balances: number }[]>`
    select
      (select coalesce(sum(amount), 0) from ledger_entry) as total,
      (select count(*)::int from (select from ledger_entry group by movement_id having sum(amount) <> 0) m) as movements,
      (select count(*)::int from ledger_account a where kind in ('user', 'brand')
        and balance <> (select coalesce(sum(amount), 0) from ledger_entry e where e.account_id = a.id)) as balances`;
  const { total, movements, balances } = sums!;
  if (Number(total) === 0 && movements === 0 && balances === 0) return;
  throw new BackupProblem(
    `The books are not balanced: the ledger sums to ${total}, ${movements} movements do not sum to zero, ` +
      `${balances} balances are not the sum of their entries.`,
  );
}

/** The same for a whole database: one that was set back by its history. */
export async function checkBooks(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'restore' } });
  try {
    await sql.begin(checkLedger);
  } finally {
    await sql.end();
  }
}
