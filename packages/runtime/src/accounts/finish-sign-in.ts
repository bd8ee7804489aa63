import { users } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import { CodeInput } from '@repo/domain/second-factor/schema';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { closePending, countTry, findPending, forgetPendingCookie, MAX_TRIES } from './pending-sign-in.ts';
import { countCode, spendCode, wrongCode } from './spend-code.ts';
import { welcome } from './welcome.ts';

const tooLate = () =>
  new DomainError('invalid', 'Nothing waits for a code here any more. Sign in with your password again.');
const tooOften = () => new DomainError('invalid', `${MAX_TRIES} codes were wrong. Sign in with your password again.`);

/** The second step: a code opens the session that the password asked for. */
export const finishSignInEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/finish-sign-in',
    { method: 'POST', body: CodeInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const { code } = ctx.body;
      const waiting = await findPending(desk, desk.db, ctx.headers);
      const [user] = waiting ? await desk.db.select().from(users).where(eq(users.id, waiting.userId)) : [];
      if (!user) throw tooLate();
      await countCode(desk, ctx, user, code);
      // What is refused is counted too, so nothing is thrown before this is committed.
      const outcome = await desk.db.transaction(async (tx) => {
        const pending = await findPending(desk, tx, ctx.headers, { lock: true });
        if (pending?.userId !== user.id) return tooLate();
        if (await spendCode(desk, tx, pending.userId, code)) {
          await closePending(tx, pending);
          return pending;
        }
        if (pending.tries + 1 >= MAX_TRIES) {
          await closePending(tx, pending);
          return tooOften();
        }
        await countTry(tx, pending);
        return wrongCode();
      });
      if (DomainError.is(outcome)) throw outcome;
      await welcome(desk, ctx, { user, keepSignedIn: outcome.keepSignedIn });
      forgetPendingCookie(desk, ctx);
      return ctx.json({ userId: user.id });
    },
  );

/** Back to the password, as this or another person. */
export const dropSignInEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/drop-sign-in', { method: 'POST', use: [formCsrfMiddleware] }, async (ctx) => {
    const pending = await findPending(desk, desk.db, ctx.headers);
    if (pending) await closePending(desk.db, pending);
    forgetPendingCookie(desk, ctx);
    return ctx.json({ ok: true });
  });
