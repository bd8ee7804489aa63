import { randomUUID } from 'node:crypto';
import { credentials, type Tx, users } from '@repo/db';
import { checkNewPassword } from '@repo/domain/accounts/check-new-password';
import { SignUpInput } from '@repo/domain/accounts/schema';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { accountMail } from './account-mail.ts';
import type { Desk } from './desk.ts';
import { enter } from './enter.ts';
import { findByPassword, findHolder, type UserRow } from './find-person.ts';
import { beginGuess } from './guess-guard.ts';

/** Makes an account and signs it in. For a taken address it makes a decoy, and nobody outside can tell. */
export const signUpEndpoint = (desk: Desk) =>
  createAuthEndpoint(
    '/people/sign-up',
    { method: 'POST', body: SignUpInput, use: [formCsrfMiddleware] },
    async (ctx) => {
      const { email, password, keepSignedIn } = ctx.body;
      checkNewPassword(password, email, 'password');
      // A password that is right signs in here too, so any other counts as a wrong one.
      const guess = await beginGuess(desk, ctx, email);
      const { user: known, hash } = await findByPassword(desk, { address: email, password });
      if (known) await guess.forget();
      const user = known ?? (await createPerson(desk, { ...ctx.body, hash }));
      return ctx.json(await enter(desk, ctx, { user, keepSignedIn }));
    },
  );

type NewPerson = { name: string; email: string; hash: string };

function createPerson(desk: Desk, { name, email, hash }: NewPerson): Promise<UserRow> {
  return desk.db.transaction(async (tx) => {
    await lockAddress(tx, email);
    // The same form sent twice: the other request was first.
    const twin = await findTwin(tx, email, hash);
    if (twin) return twin;

    const holder = await findHolder(tx, email);
    const who = holder
      ? { email: unreachableAddress(), claimedEmail: email, isAnonymous: true }
      : { email, platformRole: await roleOfNewcomer(tx, desk.env.DEMO) };
    const [user] = await tx
      .insert(users)
      .values({ name, ...who })
      .returning();
    const login = { userId: user!.id, accountId: user!.id, providerId: 'credential', password: hash };
    await tx.insert(credentials).values(login);
    await desk.tools.queue.enqueue(tx, accountMail, { kind: 'confirm-address', userId: user!.id });
    return user!;
  });
}

/** Lets everybody who wants this address take turns until the transaction ends. */
export async function lockAddress(tx: Tx, address: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`address:${address}`}, 0))`);
}

/** An address that is unique and can never get mail: `.invalid` is reserved for that. */
export const unreachableAddress = (): string => `${randomUUID()}@decoy.invalid`;

async function findTwin(tx: Tx, address: string, hash: string): Promise<UserRow | null> {
  const isHolder = and(eq(users.email, address), eq(users.isAnonymous, false));
  const isDecoyHere = and(eq(users.claimedEmail, address), isNull(users.mergedInto));
  const [twin] = await tx
    .select({ user: users })
    .from(users)
    .innerJoin(credentials, and(eq(credentials.userId, users.id), eq(credentials.password, hash)))
    .where(or(isHolder, isDecoyHere));
  return twin?.user ?? null;
}

/** An installation without demo data belongs to whoever signs up first, even when two do so at once. */
async function roleOfNewcomer(tx: Tx, isDemo: boolean): Promise<'member' | 'staff'> {
  if (isDemo) return 'member';
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('first-person', 0))`);
  const [somebody] = await tx.select({ id: users.id }).from(users).where(eq(users.isAnonymous, false)).limit(1);
  return somebody ? 'member' : 'staff';
}
