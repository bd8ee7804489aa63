import { sessions } from '@repo/db';
import { mergeGuest } from '@repo/domain/accounts/merge-guest';
import type { GenericEndpointContext } from 'better-auth';
import { setSessionCookie } from 'better-auth/cookies';
import { and, eq, lt, ne } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { addressOf, isDecoy, isGuest, type UserRow } from './find-person.ts';
import { rememberDevice } from './known-device.ts';
import { type LiveSession, liveSession } from './live-session.ts';

/**
 * Signs somebody in: brings along what this browser made before, then opens a session and closes the one it replaces.
 * The old session stays until all that is done, so a failure on the way can simply be tried again.
 */
export async function welcome(
  desk: Desk,
  ctx: GenericEndpointContext,
  { user, keepSignedIn }: { user: UserRow; keepSignedIn: boolean },
): Promise<void> {
  const previous = await liveSession(desk, ctx.headers ?? new Headers());
  const comesAlong = previous !== null && bringsItsWork(previous.user, user);
  if (comesAlong) {
    const system = { ...desk.tools, actor: { kind: 'system', job: 'accounts.merge-guest' } as const };
    await mergeGuest(system, { guestId: previous.user.id, userId: user.id });
  }

  const session = await ctx.context.internalAdapter.createSession(user.id, false, { keepSignedIn });
  const isOutdated = and(eq(sessions.userId, user.id), lt(sessions.expiresAt, desk.tools.now()));
  await desk.db.delete(sessions).where(isOutdated);
  if (previous) await closeReplaced(desk, previous, { comesAlong, keep: session.id });
  await setSessionCookie(ctx, { session, user }, false);
  rememberDevice(desk, ctx, user);
}

/**
 * A guest's work goes with them wherever they sign in. That of a decoy goes to accounts of its own address alone, and
 * never to a younger decoy: a real account's would not either, and nobody may learn from this which of both it was.
 */
function bringsItsWork(previous: UserRow, user: UserRow): boolean {
  if (previous.id === user.id) return false;
  if (isGuest(previous)) return true;
  if (!isDecoy(previous) || previous.claimedEmail !== addressOf(user)) return false;
  return !user.isAnonymous || user.createdAt < previous.createdAt;
}

async function closeReplaced(
  desk: Desk,
  previous: LiveSession,
  { comesAlong, keep }: { comesAlong: boolean; keep: string },
): Promise<void> {
  const replaced = comesAlong ? eq(sessions.userId, previous.user.id) : eq(sessions.id, previous.session.id);
  await desk.db.delete(sessions).where(and(replaced, ne(sessions.id, keep)));
}
