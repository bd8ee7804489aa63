import type { Tx } from '@repo/db';
import { type SQL, sql } from 'drizzle-orm';
import type { Tools, UserContext } from '../context.ts';
import { countRows, type MayCount } from '../paging/count-rows.ts';
import { readCursor } from '../paging/cursor.ts';
import { pageOf } from '../paging/read-page.ts';
import type { Page } from '../paging/schema.ts';
import { withAccount } from './open-account.ts';
import type { Movement, MovementKind, MovementsInput } from './schema.ts';

const PROMPT_START_CHARS = 80;

/** Every movement of an account, newest first, each with the balance after it. Throws `not_found` for others' brands. */
export const readMovements = (ctx: UserContext, { account, ...filter }: MovementsInput): Promise<Page<Movement>> =>
  withAccount(ctx, account, (tx, { id }) => selectMovements(tx, ctx, id, filter));

const ownEntries = (accountId: string): SQL => sql`
  select id, movement_id, created_at, kind, amount, abs(amount) as moved, memo, generation_id
  from ledger_entry where account_id = ${accountId}`;

const captures = (accountId: string): SQL => sql`
  select id, movement_id, created_at, kind, 0, abs(amount), memo, generation_id
  from ledger_entry where payer_id = ${accountId}`;

/**
 * What stands in an account's list: its own entries, and what captures took of its held credits. Those change no
 * balance of the account: the credits left it when they were held.
 */
export const listed = (accountId: string): SQL => sql`${ownEntries(accountId)} union all ${captures(accountId)}`;

/** True for entries of these days, UTC, both within. */
export const withinDays = ({ from, to }: { from?: string | undefined; to?: string | undefined }): SQL => sql`
  ${from ? sql`created_at >= ${from}::timestamp at time zone 'UTC'` : sql`true`}
  and ${to ? sql`created_at < (${to}::timestamp + interval '1 day') at time zone 'UTC'` : sql`true`}`;

type Filter = Omit<MovementsInput, 'account'>;
type Row = {
  id: string;
  at_ms: number;
  kind: MovementKind;
  amount: number;
  moved: number;
  balance: number;
  memo: string;
  generation_id: string | null;
  generation_kind: string | null;
  prompt: string | null;
  model: string | null;
  other_kind: string | null;
  other_name: string | null;
};

/** The same for whoever has found the account already. */
export async function selectMovements(
  tx: Tx,
  tools: Tools & MayCount,
  accountId: string,
  filter: Filter,
): Promise<Page<Movement>> {
  const { kinds, cursor, limit } = filter;
  const after = readCursor(cursor);
  const isListed = kinds?.length
    ? sql`${withinDays(filter)} and kind::text in (${sql.join(
        kinds.map((kind) => sql`${kind}`),
        sql`, `,
      )})`
    : withinDays(filter);
  const isWanted = after
    ? sql`${isListed} and (created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : isListed;
  const newestFirst = sql`order by created_at desc, id desc`;
  const some = sql`${newestFirst} limit ${limit + 1}`;
  // Counted backwards from what there is now, over no more than what is newer than the page's last row.
  const rows = [
    ...(await tx.execute<Row>(sql`
      with page as materialized (
        (${ownEntries(accountId)} and ${isWanted} ${some}) union all (${captures(accountId)} and ${isWanted} ${some})
        ${some}
      ), counted as (
        select id, (select balance from ledger_account where id = ${accountId}) - coalesce(sum(amount) over (
          ${newestFirst} rows between unbounded preceding and 1 preceding), 0) as balance
        from (
          ${ownEntries(accountId)} and created_at >= (select min(created_at) from page)
          union all
          ${captures(accountId)} and created_at >= (select min(created_at) from page)
        ) newer
      )
      select page.id, (extract(epoch from page.created_at) * 1000)::float8 as at_ms, page.kind,
        page.amount::float8 as amount, page.moved::float8 as moved, counted.balance::float8 as balance, page.memo,
        page.generation_id, g.kind as generation_kind, left(g.prompt, ${PROMPT_START_CHARS}) as prompt, g.model,
        other.kind as other_kind, other.name as other_name
      from page
      join counted on counted.id = page.id
      left join generation g on g.id = page.generation_id
      left join lateral (
        select a.kind, coalesce(p.name, b.name) as name from ledger_entry e
        join ledger_account a on a.id = e.account_id
        left join profile p on p.user_id = a.user_id
        left join brand b on b.id = a.brand_id
        where e.movement_id = page.movement_id and e.id <> page.id limit 1) other on true
      order by page.created_at desc, page.id desc`)),
  ];
  const movements = rows.map((row) => movementOf(row, tools));
  const all = sql`(${ownEntries(accountId)} and ${isListed}) union all (${captures(accountId)} and ${isListed})`;
  return { ...pageOf(movements, limit, (movement) => movement), ...(await countRows(tx, tools, all)) };
}

const movementOf = (row: Row, tools: Tools): Movement => ({
  id: row.id,
  at: new Date(Math.round(row.at_ms)),
  kind: row.kind,
  amount: row.amount,
  moved: row.moved,
  balance: row.balance,
  counterpart: counterpartOf(row),
  memo: row.memo,
  generation: row.generation_id
    ? {
        id: row.generation_id,
        kind: row.generation_kind!,
        prompt: row.prompt!,
        modelLabel: tools.models.entries.find(({ id }) => id === row.model)?.label ?? row.model!,
      }
    : null,
});

function counterpartOf({ other_kind, other_name }: Row): string {
  switch (other_kind) {
    case 'held':
      return 'Held';
    case 'spent':
      return 'Spent';
    case 'issued':
      return 'Remixify';
    default:
      return other_name ?? 'Somebody';
  }
}
