import { asOwner, ledgerAccounts, type Tx, transactAs } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { readAbility } from '../permissions/read-asker.ts';
import { theBrand } from '../permissions/rules.ts';
import { ensureAllowance } from './ensure-allowance.ts';
import { findSubject } from './find-subject.ts';
import { lockAccount, type Payer } from './post-movement.ts';
import type { AccountRef, AccountView } from './schema.ts';

export type OpenAccount = { id: string; payer: Payer; view: AccountView };

/**
 * Does `work` with the owner's rights on an account that the asker may read: their own with this month's allowance
 * on it, or that of a brand they belong to. The staff may read every brand's. Throws `not_found`.
 */
export const withAccount = <T>(
  ctx: UserContext,
  ref: AccountRef,
  work: (tx: Tx, account: OpenAccount) => Promise<T>,
): Promise<T> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    // What a brand's key pays with is the brand's.
    const meant = ref === 'mine' ? (ctx.key?.brandId ?? ref) : ref;
    const maySee = meant === 'mine' || (await readAbility(tx, ctx)).can('see_credits', theBrand(meant));
    if (!maySee) throw notFound('brand');
    return asOwner(tx, async (owner) => work(owner, await openAccount(owner, ctx, meant)));
  });

async function openAccount(tx: Tx, ctx: UserContext, ref: AccountRef): Promise<OpenAccount> {
  if (ref !== 'mine') {
    const { payer, view } = await findSubject(tx, { brandId: ref });
    const [found] = await tx
      .select({ id: ledgerAccounts.id })
      .from(ledgerAccounts)
      .where(eq(ledgerAccounts.brandId, ref));
    return { id: (found ?? (await lockAccount(tx, payer))).id, payer, view };
  }
  const { userId } = ctx.actor;
  const { id } = await ensureAllowance(tx, { userId, addressHash: ctx.addressHash, now: ctx.now() });
  return { id, payer: { userId }, view: { kind: 'user', brandId: null, name: 'You' } };
}
