import { asOwner, brands, ledgerAccounts, type Tx, transactAs, users } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { type Found, findSubject } from '../credits/find-subject.ts';
import { selectMovements } from '../credits/read-movements.ts';
import { statementOf } from '../credits/read-statement.ts';
import type { Movement } from '../credits/schema.ts';
import { mustBeStaff } from '../permissions/read-asker.ts';
import type { AccountInput, AccountReport } from './schema.ts';

/** Stands for the account of somebody who has none yet: nothing was ever moved on it. */
const NO_ACCOUNT = '00000000-0000-0000-0000-000000000000';

/**
 * Anybody's credits as they stand, with this month's allowance only if it was asked for already. Changes nothing.
 * For the staff; throws `forbidden`, `not_found`.
 */
export const readAccount = (ctx: UserContext, { of, ...filter }: AccountInput): Promise<AccountReport> =>
  transactAs(ctx.db, ctx.actor, async (tx) => {
    await mustBeStaff(tx, ctx, 'operate', 'Only the staff may look at the credits of others.');
    return asOwner(tx, async (owner) => {
      const found = await findSubject(owner, of);
      const account = await accountOf(owner, found);
      const { items, nextCursor } = await selectMovements(owner, ctx, account.id, filter);
      return {
        subject: { ...found.view, ...(await describe(owner, found)) },
        balance: account.balance,
        statement: await statementOf(owner, { ...found, id: account.id }, { from: filter.from, to: filter.to }),
        movements: { items: items.map(withoutPrompt), nextCursor },
      };
    });
  });

async function accountOf(tx: Tx, { payer }: Found): Promise<{ id: string; balance: number }> {
  const [account] = await tx
    .select({ id: ledgerAccounts.id, balance: ledgerAccounts.balance })
    .from(ledgerAccounts)
    .where('userId' in payer ? eq(ledgerAccounts.userId, payer.userId) : eq(ledgerAccounts.brandId, payer.brandId));
  return account ?? { id: NO_ACCOUNT, balance: 0 };
}

async function describe(tx: Tx, { userId, brandId }: Found) {
  if (brandId) {
    const [brand] = await tx.select({ slug: brands.slug }).from(brands).where(eq(brands.id, brandId));
    return { id: brandId, address: brand!.slug, isGuest: false };
  }
  const [person] = await tx
    .select({ email: users.email, isGuest: users.isAnonymous })
    .from(users)
    .where(eq(users.id, userId!));
  return { id: userId!, address: person!.isGuest ? null : person!.email, isGuest: person!.isGuest };
}

function withoutPrompt({ generation, ...movement }: Movement): AccountReport['movements']['items'][number] {
  if (!generation) return { ...movement, generation: null };
  const { prompt: _, ...rest } = generation;
  return { ...movement, generation: rest };
}
