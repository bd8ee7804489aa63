import { brands, memberships, type Tx, transactAs } from '@repo/db';
import { asc, eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import type { MyBrandView } from './schema.ts';

/** The brands the asker belongs to, by name. */
export const readMyBrands = (ctx: UserContext): Promise<MyBrandView[]> =>
  transactAs(ctx.db, ctx.actor, (tx) => listMyBrands(tx, ctx));

/** The same within a larger change. */
export const listMyBrands = (tx: Tx, ctx: UserContext): Promise<MyBrandView[]> =>
  tx
    .select({
      id: brands.id,
      name: brands.name,
      slug: brands.slug,
      accentColor: brands.accentColor,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(brands, eq(brands.id, memberships.brandId))
    .where(eq(memberships.userId, ctx.actor.userId))
    .orderBy(asc(brands.name), asc(brands.id));
