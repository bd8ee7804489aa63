import type { Tx } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { type OpenAccount, withAccount } from './open-account.ts';
import { heldOf } from './read-credits.ts';
import { listed, withinDays } from './read-movements.ts';
import type { MovementKind, Statement, StatementInput } from './schema.ts';

/** An account's balance before and after some days, and the proof that its books are even. Throws `not_found`. */
export const readStatement = (ctx: UserContext, { account, from, to }: StatementInput): Promise<Statement> =>
  withAccount(ctx, account, (tx, open) => statementOf(tx, open, { from, to }));

type Days = { from: string | undefined; to: string | undefined };

/** The same for whoever has found the account already. */
export async function statementOf(tx: Tx, { id, payer, view }: OpenAccount, { from, to }: Days): Promise<Statement> {
  const { entries, sum } = await countEntries(tx, id, { from, to });
  return {
    account: view,
    from: from ?? null,
    to: to ?? null,
    ...(await readEnds(tx, id, { from, to })),
    entries,
    sum,
    totals: await sumKinds(tx, id, { from, to }),
    held: await heldOf(tx, payer),
  };
}

async function readEnds(tx: Tx, accountId: string, { from, to }: Days): Promise<{ opening: number; closing: number }> {
  const [row] = await tx.execute<{ opening: number; closing: number }>(sql`
    select coalesce(sum(amount) filter (where not (${withinDays({ from })})), 0)::float8 as opening,
           coalesce(sum(amount), 0)::float8 as closing
    from ledger_entry where account_id = ${accountId} and ${withinDays({ to })}`);
  return { opening: row!.opening, closing: row!.closing };
}

/** Both sides of all movements of the account, summed up as they stand. */
async function countEntries(tx: Tx, accountId: string, days: Days): Promise<{ entries: number; sum: number }> {
  const [row] = await tx.execute<{ entries: number; sum: number }>(sql`
    select count(*)::int as entries, coalesce(sum(amount), 0)::float8 as sum from ledger_entry
    where movement_id in (select movement_id from (${listed(accountId)}) listed where ${withinDays(days)})`);
  return { entries: row!.entries, sum: row!.sum };
}

async function sumKinds(tx: Tx, accountId: string, days: Days): Promise<Statement['totals']> {
  const rows = await tx.execute<{ kind: MovementKind; count: number; amount: number; moved: number }>(sql`
    select kind, count(*)::int as count, sum(amount)::float8 as amount, sum(moved)::float8 as moved
    from (${listed(accountId)}) listed where ${withinDays(days)} group by kind order by kind`);
  return rows.map(({ kind, count, amount, moved }) => ({ kind, count, amount, moved }));
}
