import { asOwner, type Tx, transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { ReaderContext } from '../context.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { GUEST_CREDITS, nextAllowanceAt } from './rules.ts';
import type { Balance } from './schema.ts';

/** What the asker can spend now. A visitor is shown what a guest would be given. */
export async function readBalance(ctx: ReaderContext): Promise<Balance> {
  const { actor } = ctx;
  if (actor.kind === 'visitor') return { credits: GUEST_CREDITS, held: 0, isGuest: true, nextAllowanceAt: null };
  const now = ctx.now();
  return transactAs(ctx.db, actor, (tx) =>
    asOwner(tx, async (owner) => {
      const account = await ensureAllowance(owner, { userId: actor.userId, addressHash: ctx.addressHash, now });
      return {
        credits: account.balance,
        held: await heldOf(owner, account.id),
        isGuest: actor.isGuest,
        nextAllowanceAt: actor.isGuest ? null : nextAllowanceAt(now),
      };
    }),
  );
}

/** Credits that left the account for generations that are still open. */
export async function heldOf(tx: Tx, accountId: string): Promise<number> {
  const [row] = await tx.execute<{ held: number }>(sql`
    select coalesce(-sum(hold.amount), 0)::int as held from ledger_entry hold
    join generation g on g.id = hold.generation_id and g.status in ('queued', 'running', 'retrying', 'checking')
    where hold.account_id = ${accountId} and hold.kind = 'hold'`);
  return row!.held;
}
