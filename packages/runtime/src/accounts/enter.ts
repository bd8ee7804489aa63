import { secondFactors } from '@repo/db';
import type { GenericEndpointContext } from 'better-auth';
import { and, eq, isNotNull } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import type { UserRow } from './find-person.ts';
import { openPending } from './pending-sign-in.ts';
import { welcome } from './welcome.ts';

/** What comes of the right password. Without an id nobody is signed in yet: a code is waited for. */
export type Entrance = { needsCode: false; userId: string } | { needsCode: true; userId: null };

/** The one gate behind every password and every link of a mail: whoever has a second factor shows it before `welcome`. */
export async function enter(
  desk: Desk,
  ctx: GenericEndpointContext,
  { user, keepSignedIn }: { user: UserRow; keepSignedIn: boolean },
): Promise<Entrance> {
  const isOn = and(eq(secondFactors.userId, user.id), isNotNull(secondFactors.confirmedAt));
  const [factor] = await desk.db.select({ id: secondFactors.id }).from(secondFactors).where(isOn);
  if (factor) {
    await openPending(desk, ctx, { userId: user.id, keepSignedIn });
    return { needsCode: true, userId: null };
  }
  await welcome(desk, ctx, { user, keepSignedIn });
  return { needsCode: false, userId: user.id };
}
