import { credentials, passkeys, sessions, type Tx, users } from '@repo/db';
import { checkNewPassword } from '@repo/domain/accounts/check-new-password';
import { ChangePasswordInput, RequestPasswordResetInput, ResetPasswordInput } from '@repo/domain/accounts/schema';
import { DomainError } from '@repo/domain/errors';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { and, eq, ne } from 'drizzle-orm';
import { accountMail } from './account-mail.ts';
import type { Desk } from './desk.ts';
import { enter } from './enter.ts';
import { addressOf } from './find-person.ts';
import { beginGuessInSession } from './guess-guard.ts';
import { type LiveSession, requirePerson } from './live-session.ts';
import { hashPassword, isSameHash, saltFor, saltOf } from './password-hash.ts';
import { dropPendingOf } from './pending-sign-in.ts';
import { dropTokens, peekToken, spendToken } from './tokens.ts';

const deadLink = () =>
  new DomainError('invalid', 'This link was used already or is older than an hour. Ask for a new one.');

/** Asks for a mail. Whether there is anybody to send it to is looked up later, by the job: here nothing differs. */
export const requestPasswordResetEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/request-password-reset',
    { method: 'POST', body: RequestPasswordResetInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const mail = { kind: 'reset-password', address: ctx.body.email } as const;
      await desk.db.transaction((tx) => desk.tools.queue.enqueue(tx, accountMail, mail));
      return ctx.json({ ok: true });
    },
  );

/** Sets a new password by the link of a mail, ends every session, and signs in. Reading the mail confirms the address. */
export const resetPasswordEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/reset-password',
    { method: 'POST', body: ResetPasswordInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const { token, newPassword } = ctx.body;
      const now = desk.tools.now();
      const userId = await peekToken(desk.db, 'reset-password', token, now);
      const [before] = userId ? await desk.db.select().from(users).where(eq(users.id, userId)) : [];
      if (!before) throw deadLink();
      checkNewPassword(newPassword, addressOf(before), 'newPassword');
      const hash = await hashPassword(newPassword, saltFor(desk.env.SESSION_SECRET, addressOf(before)));

      const user = await desk.db.transaction(async (tx) => {
        const spent = await spendToken(tx, 'reset-password', token, now);
        if (!spent) throw deadLink();
        await setPassword(tx, spent, hash);
        await tx.delete(sessions).where(eq(sessions.userId, spent));
        // Until now the account may have been a stranger's, and a passkey would keep them in.
        if (!before.emailVerified) await tx.delete(passkeys).where(eq(passkeys.userId, spent));
        const [row] = await tx.update(users).set({ emailVerified: true }).where(eq(users.id, spent)).returning();
        return row!;
      });
      return ctx.json(await enter(desk, ctx, { user, keepSignedIn: false }));
    },
  );

/** Changes the password of whoever is signed in, and signs them out everywhere else. */
export const changePasswordEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/change-password',
    { method: 'POST', body: ChangePasswordInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const live = await requirePerson(desk, ctx.headers);
      const { user, session } = live;
      const { currentPassword, newPassword } = ctx.body;
      await demandPassword(desk, live, { password: currentPassword, field: 'currentPassword' });
      checkNewPassword(newPassword, addressOf(user), 'newPassword');
      const hash = await hashPassword(newPassword, saltFor(desk.env.SESSION_SECRET, addressOf(user)));
      await desk.db.transaction(async (tx) => {
        await setPassword(tx, user.id, hash);
        await tx.delete(sessions).where(and(eq(sessions.userId, user.id), ne(sessions.id, session.id)));
      });
      return ctx.json({ ok: true });
    },
  );

/** @throws DomainError `invalid` on `field` where this is not the person's password, `quota_exceeded` after too many. */
export async function demandPassword(
  desk: Desk,
  live: LiveSession,
  { password, field }: { password: string; field: string },
): Promise<void> {
  const guess = await beginGuessInSession(desk, live);
  const [login] = await desk.db.select().from(credentials).where(isPasswordOf(live.user.id));
  const stored = login?.password ?? '';
  if (isSameHash(await hashPassword(password, saltOf(stored)), stored)) return guess.forget();
  throw new DomainError('invalid', 'This is not your current password.', { field });
}

const isPasswordOf = (userId: string) => and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential'));

async function setPassword(tx: Tx, userId: string, password: string): Promise<void> {
  const changed = await tx.update(credentials).set({ password }).where(isPasswordOf(userId)).returning();
  if (changed.length === 0) {
    await tx.insert(credentials).values({ userId, accountId: userId, providerId: 'credential', password });
  }
  await dropTokens(tx, userId, ['reset-password']);
  await dropPendingOf(tx, userId);
}
