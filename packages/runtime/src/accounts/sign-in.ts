import { credentials } from '@repo/db';
import { SignInInput } from '@repo/domain/accounts/schema';
import { DomainError } from '@repo/domain/errors';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { eq } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { enter } from './enter.ts';
import { findByPassword } from './find-person.ts';
import { beginGuess } from './guess-guard.ts';

/** Signs in to the account, or the decoy, that the address and the password belong to. */
export const signInEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/sign-in',
    { method: 'POST', body: SignInInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const { email, password, keepSignedIn } = ctx.body;
      const guess = await beginGuess(desk, ctx, email);
      const { user, hash, isOutdated } = await findByPassword(desk, { address: email, password });
      if (!user) throw new DomainError('invalid', 'The e-mail address or the password is wrong.');
      await guess.forget();
      const entrance = await enter(desk, ctx, { user, keepSignedIn });
      // After a change of the secret, passwords move to their new salt one by one.
      if (isOutdated) await desk.db.update(credentials).set({ password: hash }).where(eq(credentials.userId, user.id));
      return ctx.json(entrance);
    },
  );
