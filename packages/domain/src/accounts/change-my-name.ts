import { asOwner, transactAs, users } from '@repo/db';
import { eq } from 'drizzle-orm';
import type { UserContext } from '../context.ts';
import { mustHaveAccount } from '../permissions/read-asker.ts';
import { personIn } from './read-me.ts';
import type { ChangeNameInput, Person } from './schema.ts';

/** Changes the name under which others see what somebody makes. */
export function changeMyName(ctx: UserContext, { name }: ChangeNameInput): Promise<Person> {
  mustHaveAccount(ctx, 'change_name', 'Sign up to have a name of your own. It is free.');
  return transactAs(ctx.db, ctx.actor, async (tx) => {
    await asOwner(tx, (owner) => owner.update(users).set({ name }).where(eq(users.id, ctx.actor.userId)));
    return personIn(tx, ctx);
  });
}
