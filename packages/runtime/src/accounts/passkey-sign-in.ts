import { passkeys, users } from '@repo/db';
import { DomainError } from '@repo/domain/errors';
import { PASSKEY_CHALLENGE_MS } from '@repo/domain/passkeys/rules';
import { SignInByPasskeyInput, type UsedPasskey } from '@repo/domain/passkeys/schema';
import { createAuthEndpoint, formCsrfMiddleware } from 'better-auth/api';
import { and, eq, isNull } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { isGuest } from './find-person.ts';
import { keepChallenge, spendChallenge } from './passkey-challenges.ts';
import { handleOf } from './passkeys.ts';
import { relyingParty } from './relying-party.ts';
import { welcome } from './welcome.ts';

const use = [formCsrfMiddleware];
type PasskeyRow = typeof passkeys.$inferSelect;

/** One sentence for all reasons: why exactly is of use only to somebody who tries. */
const refused = () => new DomainError('invalid', 'This passkey does not work here. Sign in with your password.');

/** Asks the browser for any passkey of this site. Names no account, so there is nothing to find out. */
export const passkeySignInOptionsEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/passkey-sign-in-options', { method: 'POST', use }, async (ctx) => {
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
    const options = await generateAuthenticationOptions({
      rpID: relyingParty(desk.env).id,
      userVerification: 'required',
      timeout: PASSKEY_CHALLENGE_MS,
    });
    await keepChallenge(desk, ctx, { purpose: 'passkey-sign-in' }, options.challenge);
    return ctx.json({ options });
  });

/** Signs in whoever the passkey belongs to. It proves a device and its holder: no further step is asked for. */
export const signInByPasskeyEndpoint = (desk: Desk) =>
  createAuthEndpoint('/people/sign-in-by-passkey', { method: 'POST', body: SignInByPasskeyInput, use }, async (ctx) => {
    const { passkey, keepSignedIn } = ctx.body;
    const errand = { purpose: 'passkey-sign-in' } as const;
    const challenge = await spendChallenge(desk, ctx, errand, passkey.response.clientDataJSON);
    if (challenge === null) throw new DomainError('invalid', 'This took too long or was sent before. Try again.');
    const [found] = await desk.db
      .select({ key: passkeys, user: users })
      .from(passkeys)
      .innerJoin(users, eq(users.id, passkeys.userId))
      .where(and(eq(passkeys.credentialId, passkey.id), isNull(users.mergedInto)));
    if (!found || isGuest(found.user)) throw refused();
    const used = await verifyUsed(desk, { passkey, challenge, key: found.key });
    // Of two answers with one counter, the second finds it moved; and one removed meanwhile stays removed.
    const isUnmoved = and(eq(passkeys.id, found.key.id), eq(passkeys.counter, found.key.counter));
    const noted = await desk.db
      .update(passkeys)
      .set({ ...used, lastUsedAt: desk.tools.now() })
      .where(isUnmoved)
      .returning({ id: passkeys.id });
    if (noted.length === 0) throw refused();
    await welcome(desk, ctx, { user: found.user, keepSignedIn });
    return ctx.json({ userId: found.user.id });
  });

type Use = { passkey: UsedPasskey; challenge: string; key: PasskeyRow };

async function verifyUsed(desk: Desk, { passkey, challenge, key }: Use) {
  const { userHandle, ...rest } = passkey.response;
  if (userHandle !== Buffer.from(handleOf(key.userId)).toString('base64url')) throw refused();
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { id, origins } = relyingParty(desk.env);
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...passkey, clientExtensionResults: {}, response: { ...rest, userHandle } },
    expectedChallenge: challenge,
    expectedOrigin: origins,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: key.credentialId,
      publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
      counter: key.counter,
    },
  }).catch(() => ({ verified: false, authenticationInfo: undefined }));
  if (!verified || !authenticationInfo) throw refused();
  return { counter: authenticationInfo.newCounter, isBackedUp: authenticationInfo.credentialBackedUp };
}
