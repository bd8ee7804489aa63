import { asOwner, type Tx, transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { ReaderContext } from '../context.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { lockAccount, type Payer } from './post-movement.ts';
import { GUEST_CREDITS, nextAllowanceAt } from './rules.ts';
import type { Balance } from './schema.ts';

/** What the asker can spend now. A visitor is shown what a guest would be given. */
export async function readBalance(ctx: ReaderContext): Promise<Balance> {
  const { actor } = ctx;
  if (actor.kind === 'visitor') return { credits: GUEST_CREDITS, held: 0, isGuest: true, nextAllowanceAt: null };
  const now = ctx.now();
  return transactAs(ctx.db, actor, (tx) =>
    asOwner(tx, async (owner) => {
      if (ctx.key?.brandId) return balanceOfBrand(owner, ctx.key.brandId);
      const account = await ensureAllowance(owner, { userId: actor.userId, addressHash: ctx.addressHash, now });
      return {
        credits: account.balance,
        held: await heldOf(owner, { userId: actor.userId }),
        isGuest: actor.isGuest,
        nextAllowanceAt: actor.isGuest ? null : nextAllowanceAt(now),
      };
    }),
  );
}

/** What a brand's key can spend: nobody grants brands an allowance. */
async function balanceOfBrand(tx: Tx, brandId: string): Promise<Balance> {
  const { balance } = await lockAccount(tx, { brandId });
  return { credits: balance, held: await heldOf(tx, { brandId }), isGuest: false, nextAllowanceAt: null };
}

/**
 * Credits set aside for what is still being made, to be charged or given back to this payer. Those that a guest held
 * before they became this person are among them.
 */
export async function heldOf(tx: Tx, payer: Payer): Promise<number> {
  const isTheirs =
    'userId' in payer ? sql`g.owner_id = ${payer.userId} and g.brand_id is null` : sql`g.brand_id = ${payer.brandId}`;
  const [row] = await tx.execute<{ held: number }>(sql`
    select coalesce(sum(e.amount), 0)::int as held from generation g
    join ledger_entry e on e.generation_id = g.id
    join ledger_account a on a.id = e.account_id and a.kind = 'held'
    where ${isTheirs} and g.status in ('queued', 'running', 'retrying', 'checking')`);
  return row!.held;
}
