import { type Tx, users } from '@repo/db';
import { VerifyEmailInput } from '@repo/domain/accounts/schema';
import { DomainError } from '@repo/domain/errors';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import { accountMail } from './account-mail.ts';
import type { Desk } from './desk.ts';
import { addressOf, findHolder, isDecoy, isGuest, type UserRow } from './find-person.ts';
import { rememberDevice } from './known-device.ts';
import { liveSession, requirePerson } from './live-session.ts';
import { lockAddress, unreachableAddress } from './sign-up.ts';
import { dropTokens, peekToken, spendToken } from './tokens.ts';

const deadLink = () =>
  new DomainError(
    'invalid',
    'This link was used already or is too old. Sign in and ask for a new one in the settings.',
  );

/** Proves that whoever made an account reads the mail of its address. */
export const verifyEmailEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/verify-email',
    { method: 'POST', body: VerifyEmailInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const now = desk.tools.now();
      await desk.db.transaction(async (tx) => {
        const userId = await peekToken(tx, 'verify-email', ctx.body.token, now);
        const [before] = userId ? await tx.select().from(users).where(eq(users.id, userId)) : [];
        if (!before) throw deadLink();
        await lockAddress(tx, addressOf(before));
        const spent = await spendToken(tx, 'verify-email', ctx.body.token, now);
        // Read again: while we waited for the lock, the address may have changed hands.
        const [user] = spent ? await tx.select().from(users).where(eq(users.id, spent)) : [];
        if (!user || isGuest(user) || user.mergedInto) throw deadLink();
        if (isDecoy(user)) await handOver(tx, user);
        else await tx.update(users).set({ emailVerified: true }).where(eq(users.id, user.id));
      });
      const here = await liveSession(desk, ctx.headers ?? new Headers());
      if (here?.user.emailVerified) rememberDevice(desk, ctx, here.user);
      return ctx.json({ ok: true });
    },
  );

/**
 * Gives an address that its holder never confirmed to the decoy whose maker reads its mail. The two change places,
 * and to the former holder nothing looks different.
 */
async function handOver(tx: Tx, decoy: UserRow): Promise<void> {
  const address = addressOf(decoy);
  const holder = await findHolder(tx, address);
  if (holder?.emailVerified) throw deadLink();
  if (holder) {
    await dropTokens(tx, holder.id, ['verify-email', 'reset-password']);
    await tx
      .update(users)
      .set({ email: unreachableAddress(), claimedEmail: address, isAnonymous: true })
      .where(eq(users.id, holder.id));
  }
  await tx
    .update(users)
    .set({ email: address, claimedEmail: null, isAnonymous: false, emailVerified: true })
    .where(eq(users.id, decoy.id));
}

/** Sends the mail of the sign-up once more. */
export const resendVerificationEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/resend-verification', { method: 'POST', use: [formCsrfMiddleware] }, async (ctx) => {
    const { user } = await requirePerson(desk, ctx.headers);
    if (user.emailVerified) throw new DomainError('conflict', 'Your address is confirmed already.');
    const mail = { kind: 'confirm-address', userId: user.id } as const;
    await desk.db.transaction((tx) => desk.tools.queue.enqueue(tx, accountMail, mail));
    return ctx.json({ ok: true });
  });
