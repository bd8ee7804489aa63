import { type Tx, transactAs, users } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Person } from './schema.ts';

export const readMe = (ctx: UserContext): Promise<Person> => transactAs(ctx.db, ctx.actor, (tx) => personIn(tx, ctx));

/** Whoever asks, as they see themselves. An account that stands in for one of a taken address looks like any other. */
export async function personIn(tx: Tx, { actor }: UserContext): Promise<Person> {
  const [user] = await tx.select().from(users).where(eq(users.id, actor.userId));
  if (!user) throw notFound('person');
  const { id, name, emailVerified, isAnonymous, claimedEmail, platformRole } = user;
  return {
    id,
    name,
    email: claimedEmail ?? (isAnonymous ? '' : user.email),
    emailVerified,
    isGuest: isAnonymous && claimedEmail === null,
    isStaff: platformRole === 'staff',
  };
}
