import { brands, memberships, type Tx, users } from '@repo/db';
import { eq } from 'drizzle-orm';

/**
 * The user that a brand's keys act as, made with its first key. It is a member like others, so row security needs no
 * exception; it has no password, and its address can never get mail. Wants the owner's rights.
 */
export async function serviceUserOf(tx: Tx, brandId: string): Promise<string> {
  const [known] = await tx.select({ id: users.id }).from(users).where(eq(users.serviceOf, brandId));
  if (known) return known.id;
  const [brand] = await tx.select({ name: brands.name }).from(brands).where(eq(brands.id, brandId));
  const [user] = await tx
    .insert(users)
    .values({ name: `${brand!.name} (API)`, email: `${brandId}@service.invalid`, serviceOf: brandId })
    .returning({ id: users.id });
  await tx.insert(memberships).values({ brandId, userId: user!.id, role: 'editor' });
  return user!.id;
}
