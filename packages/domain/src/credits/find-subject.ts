import { brands, type Tx, users } from '@repo/db';
import { eq, sql } from 'drizzle-orm';
import { notFound } from '../errors.ts';
import type { Payer } from './post-movement.ts';
import type { AccountView, Subject } from './schema.ts';
import { ownerNow } from './settle-hold.ts';

/** Whose account or quota is meant, found. */
export type Found = { payer: Payer; view: AccountView; userId: string | null; brandId: string | null };

/** Whoever is named; of a guest who signed up since, the account they have now. Wants the owner's rights. */
export const findSubject = (tx: Tx, subject: Subject): Promise<Found> =>
  'userId' in subject || 'email' in subject ? findPerson(tx, subject) : findBrand(tx, subject);

async function findPerson(tx: Tx, subject: { userId: string } | { email: string }): Promise<Found> {
  const isMeant =
    'userId' in subject ? eq(users.id, subject.userId) : sql`lower(${users.email}) = ${subject.email.toLowerCase()}`;
  const [named] = await tx.select({ id: users.id }).from(users).where(isMeant);
  if (!named) throw notFound('person');
  const userId = await ownerNow(tx, named.id);
  const [person] = await tx.select({ name: users.name }).from(users).where(eq(users.id, userId));
  return {
    payer: { userId },
    view: { kind: 'user', brandId: null, name: person!.name },
    userId,
    brandId: null,
  };
}

async function findBrand(tx: Tx, subject: { brandId: string } | { brandSlug: string }): Promise<Found> {
  const isMeant = 'brandId' in subject ? eq(brands.id, subject.brandId) : eq(brands.slug, subject.brandSlug);
  const [brand] = await tx.select({ id: brands.id, name: brands.name }).from(brands).where(isMeant);
  if (!brand) throw notFound('brand');
  return {
    payer: { brandId: brand.id },
    view: { kind: 'brand', brandId: brand.id, name: brand.name },
    userId: null,
    brandId: brand.id,
  };
}
