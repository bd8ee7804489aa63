import { type Tx, transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { SystemContext } from '../context.ts';

/**
 * Sets every balance that is not the sum of its entries to that sum. Safe while credits move. Resolves to how many
 * were wrong: always 0, unless somebody reached into the database by hand.
 */
export async function rebuildBalances(ctx: Pick<SystemContext, 'db' | 'actor'>): Promise<number> {
  const suspects = await transactAs(ctx.db, ctx.actor, (tx) =>
    tx.execute<{ id: string }>(sql`
      select a.id from ledger_account a left join ledger_entry e on e.account_id = a.id
      where a.kind in ('user', 'brand') group by a.id having a.balance <> coalesce(sum(e.amount), 0)`),
  );
  let mended = 0;
  for (const { id } of suspects) mended += await transactAs(ctx.db, ctx.actor, (tx) => mend(tx, id));
  return mended;
}

/** Whoever posts an entry must have the account's lock to end: under it, all entries that count are seen. */
async function mend(tx: Tx, id: string): Promise<number> {
  await tx.execute(sql`select from ledger_account where id = ${id} for update`);
  const changed = await tx.execute(sql`
    update ledger_account set balance = entries.sum
    from (select coalesce(sum(amount), 0) as sum from ledger_entry where account_id = ${id}) entries
    where id = ${id} and balance <> entries.sum returning 1`);
  return changed.length;
}
