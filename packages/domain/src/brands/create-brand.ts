import { randomBytes } from 'node:crypto';
import { asOwner, brands, memberships, type Tx, transactAs } from '@repo/db';
import { sql } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { DomainError } from '../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { mustBeAllowed, mustHaveAccount, readAbility } from '../permissions/read-asker.ts';
import { mayAs } from '../permissions/rules.ts';
import { oncePerPress } from '../presses/once-per-press.ts';
import { listMyBrands } from './read-brands.ts';
import { slugOf } from './rules.ts';
import type { CreateBrandInput, MyBrandView } from './schema.ts';

/** Makes a brand whose owner is the asker. One of this name that they already may publish for is given back instead. */
export const createBrand = (ctx: UserContext, input: CreateBrandInput): Promise<MyBrandView> =>
  transactAs(ctx.db, ctx.actor, (tx) =>
    oncePerPress(tx, ctx, {
      noun: 'brand',
      request: input,
      make: () => addBrand(tx, ctx, input),
      again: async (id) => (await listMyBrands(tx, ctx)).find((brand) => brand.id === id) ?? null,
    }),
  );

/** The same within a larger change, such as publishing a first ad. */
export async function addBrand(
  tx: Tx,
  ctx: UserContext,
  { name }: Pick<CreateBrandInput, 'name'>,
): Promise<MyBrandView> {
  mustHaveAccount(ctx, 'make_brands', 'Sign up to make a brand. It is free.');
  mustBeAllowed(
    (await readAbility(tx, ctx)).can('make', 'Brand'),
    'A brand’s key works for its own brand only: it makes no other.',
  );
  // Both halves of a double click wait here for each other.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`brand of ${ctx.actor.userId}`}, 0))`);
  const mine = await findMine(tx, ctx, name);
  if (mine) return mine;
  const slug = slugOf(name) || 'brand';
  const brand =
    (await insertBrand(tx, ctx, name, slug)) ??
    (await insertBrand(tx, ctx, name, `${slug}-${randomBytes(3).toString('hex')}`));
  if (!brand) throw new DomainError('conflict', 'A brand of this name was made at this very moment. Try again.');
  await tx.insert(memberships).values({ brandId: brand.id, userId: ctx.actor.userId, role: 'owner' });
  await asOwner(tx, (owner) =>
    recordEvent(owner, ctx.actor, { noun: 'brand', nounId: brand.id, verb: 'created', brandId: brand.id }),
  );
  return { ...brand, role: 'owner' };
}

async function findMine(tx: Tx, ctx: UserContext, name: string): Promise<MyBrandView | undefined> {
  const mine = await listMyBrands(tx, ctx);
  return mine.find((brand) => mayAs(brand.role, 'publish_ads') && brand.name.toLowerCase() === name.toLowerCase());
}

async function insertBrand(tx: Tx, ctx: UserContext, name: string, slug: string) {
  const [brand] = await tx
    .insert(brands)
    .values({ name, slug, createdBy: ctx.actor.userId, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: brands.id, name: brands.name, slug: brands.slug, accentColor: brands.accentColor });
  return brand;
}
