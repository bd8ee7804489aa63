import { passkeys, type Tx, users } from '@repo/db';
import { SITE_NAME } from '@repo/domain/accounts/rules';
import { DomainError, notFound } from '@repo/domain/errors';
import { FRESH_SESSION_MS, MOST_PASSKEYS, PASSKEY_CHALLENGE_MS } from '@repo/domain/passkeys/rules';
import {
  AddPasskeyInput,
  type MadePasskey,
  PasskeyOptionsInput,
  type PasskeyView,
  RemovePasskeyInput,
  RenamePasskeyInput,
} from '@repo/domain/passkeys/schema';
import type { AuthenticatorTransportFuture } from '@simplewebauthn/server';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { and, asc, eq } from 'drizzle-orm';
import { accountMail } from './account-mail.ts';
import type { Desk } from './desk.ts';
import { addressOf } from './find-person.ts';
import { type LiveSession, requirePerson } from './live-session.ts';
import { keepChallenge, spendChallenge } from './passkey-challenges.ts';
import { demandPassword } from './passwords.ts';
import { relyingParty } from './relying-party.ts';

const use = [formCsrfMiddleware];

/** What the browser needs to make a passkey, for somebody who has just shown that they are who they are. */
export const passkeyOptionsEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/passkey-options', { method: 'POST', body: PasskeyOptionsInput, use }, async (ctx) => {
    const live = await requirePerson(desk, ctx.headers);
    await requireFresh(desk, live, ctx.body.password);
    const { user } = live;
    const theirs = await desk.db.select().from(passkeys).where(eq(passkeys.userId, user.id));
    requireRoom(theirs.length);
    const { generateRegistrationOptions } = await import('@simplewebauthn/server');
    const options = await generateRegistrationOptions({
      rpName: SITE_NAME,
      rpID: relyingParty(desk.env).id,
      userID: handleOf(user.id),
      userName: addressOf(user),
      userDisplayName: user.name,
      timeout: PASSKEY_CHALLENGE_MS,
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: theirs.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: transports as AuthenticatorTransportFuture[],
      })),
    });
    await keepChallenge(desk, ctx, { purpose: 'passkey-add', userId: user.id }, options.challenge);
    return ctx.json({ options });
  });

/** Keeps what the browser made. That its person is who they are was shown when they asked for the challenge. */
export const addPasskeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/add-passkey', { method: 'POST', body: AddPasskeyInput, use }, async (ctx) => {
    const { user } = await requirePerson(desk, ctx.headers);
    const { name, passkey } = ctx.body;
    const errand = { purpose: 'passkey-add', userId: user.id } as const;
    const challenge = await spendChallenge(desk, ctx, errand, passkey.response.clientDataJSON);
    if (challenge === null) throw new DomainError('invalid', 'This took too long or was sent before. Try again.');
    const made = await verifyMade(desk, passkey, challenge);
    await desk.db.transaction(async (tx) => {
      // Of two that are added at once, the second counts the first.
      await tx.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for('update');
      requireRoom(await tx.$count(passkeys, eq(passkeys.userId, user.id)));
      const added = await tx
        .insert(passkeys)
        .values({ ...made, userId: user.id, name })
        .onConflictDoNothing()
        .returning({ id: passkeys.id });
      if (added.length === 0) throw new DomainError('conflict', 'This passkey was added before.');
      await tell(desk, tx, { change: 'added', userId: user.id, name });
    });
    return ctx.json({ ok: true });
  });

export const renamePasskeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/rename-passkey', { method: 'POST', body: RenamePasskeyInput, use }, async (ctx) => {
    const { user } = await requirePerson(desk, ctx.headers);
    const isTheirs = and(eq(passkeys.id, ctx.body.passkeyId), eq(passkeys.userId, user.id));
    const renamed = await desk.db.update(passkeys).set({ name: ctx.body.name }).where(isTheirs).returning();
    if (renamed.length === 0) throw notFound('passkey');
    return ctx.json({ ok: true });
  });

export const removePasskeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/remove-passkey', { method: 'POST', body: RemovePasskeyInput, use }, async (ctx) => {
    const { user } = await requirePerson(desk, ctx.headers);
    const isTheirs = and(eq(passkeys.id, ctx.body.passkeyId), eq(passkeys.userId, user.id));
    await desk.db.transaction(async (tx) => {
      const [removed] = await tx.delete(passkeys).where(isTheirs).returning();
      if (!removed) throw notFound('passkey');
      await tell(desk, tx, { change: 'removed', userId: user.id, name: removed.name });
    });
    return ctx.json({ ok: true });
  });

/** The passkeys of whoever asks, the oldest first, and whether adding one asks for the password. */
export async function listPasskeys(
  desk: Desk,
  headers: Headers,
): Promise<{ passkeys: PasskeyView[]; asksForPassword: boolean }> {
  const live = await requirePerson(desk, headers);
  const rows = await desk.db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, live.user.id))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
  return {
    passkeys: rows.map(({ id, name, isBackedUp, createdAt, lastUsedAt }) => ({
      ...{ id, name, isBackedUp },
      ...{ createdAt, lastUsedAt },
    })),
    asksForPassword: !isFresh(desk, live),
  };
}

/** What an authenticator knows its person by: the account's id, which says nothing about them. */
export const handleOf = (userId: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'));

const isFresh = (desk: Desk, { session }: LiveSession) =>
  desk.tools.now().getTime() - session.createdAt.getTime() < FRESH_SESSION_MS;

/** A stolen session alone must not become a way in that outlives it. */
async function requireFresh(desk: Desk, live: LiveSession, password: string | undefined): Promise<void> {
  if (isFresh(desk, live)) return;
  if (!password) throw new DomainError('invalid', 'Enter your password first: you signed in a while ago.');
  await demandPassword(desk, live, { password, field: 'password' });
}

function requireRoom(count: number): void {
  if (count < MOST_PASSKEYS) return;
  throw new DomainError('conflict', `You have ${MOST_PASSKEYS} passkeys, the most there can be. Remove one first.`);
}

async function verifyMade(desk: Desk, passkey: MadePasskey, challenge: string) {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { id, origins } = relyingParty(desk.env);
  const transports = passkey.response.transports as AuthenticatorTransportFuture[];
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: { ...passkey, clientExtensionResults: {}, response: { ...passkey.response, transports } },
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch(() => ({ verified: false, registrationInfo: undefined }));
  if (!verified || !registrationInfo) {
    throw new DomainError('invalid', 'This passkey could not be checked. Try again, with your finger, face or PIN.');
  }
  const { credential, credentialBackedUp } = registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports,
    isBackedUp: credentialBackedUp,
  };
}

const tell = (desk: Desk, tx: Tx, news: { change: 'added' | 'removed'; userId: string; name: string }) =>
  desk.tools.queue.enqueue(tx, accountMail, { kind: 'passkey-changed', ...news });
