import {
  brandInvitations,
  brands,
  credentials,
  memberships,
  rateLimits,
  sessions,
  users,
  verifications,
} from '@repo/db';
import type { BetterAuthPlugin } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { betterAuth } from 'better-auth/minimal';
import { anonymous } from 'better-auth/plugins/anonymous';
import { organization } from 'better-auth/plugins/organization';
import { brandRoles } from './brand-roles.ts';
import { resendVerificationEndpoint, verifyEmailEndpoint } from './confirm-address.ts';
import { COOKIE_PREFIX, type Desk, GUEST_KEY_HEADER, LONG_SESSION_MS, SHORT_SESSION_MS } from './desk.ts';
import { dropSignInEndpoint, finishSignInEndpoint } from './finish-sign-in.ts';
import { guestName } from './guest-name.ts';
import { guestAddress, resumeGuestEndpoint } from './guests.ts';
import { keyedDigest } from './keyed-digest.ts';
import { makeKeyEndpoint, renameKeyEndpoint, revokeKeyEndpoint, rotateKeyEndpoint } from './keys.ts';
import { isFromKnownBrowser } from './known-device.ts';
import { LIMITS, type Limiter } from './limiter.ts';
import { passkeySignInOptionsEndpoint, signInByPasskeyEndpoint } from './passkey-sign-in.ts';
import {
  addPasskeyEndpoint,
  passkeyOptionsEndpoint,
  removePasskeyEndpoint,
  renamePasskeyEndpoint,
} from './passkeys.ts';
import { changePasswordEndpoint, requestPasswordResetEndpoint, resetPasswordEndpoint } from './passwords.ts';
import {
  beginSecondFactorEndpoint,
  confirmSecondFactorEndpoint,
  disableSecondFactorEndpoint,
  newBackupCodesEndpoint,
} from './second-factor.ts';
import { sealPlace } from './session-place.ts';
import { changeNameEndpoint, revokeOtherSessionsEndpoint, revokeSessionEndpoint } from './settings.ts';
import { signInEndpoint } from './sign-in.ts';
import { signUpEndpoint } from './sign-up.ts';
import { trustedOrigins } from './trusted-origins.ts';

/** A guest has nothing to sign in again with, so a guest is kept as long as we keep anybody. */
const KEPT_PATHS = ['/sign-in/anonymous', '/people/resume-guest'];

/** Our own account verbs, run by the sign-in library behind its origin check and its limiter. */
const people = (desk: Desk) =>
  ({
    id: 'people',
    endpoints: {
      signUpPerson: signUpEndpoint(desk),
      signInPerson: signInEndpoint(desk),
      finishSignIn: finishSignInEndpoint(desk),
      dropSignIn: dropSignInEndpoint(desk),
      beginSecondFactor: beginSecondFactorEndpoint(desk),
      confirmSecondFactor: confirmSecondFactorEndpoint(desk),
      disableSecondFactor: disableSecondFactorEndpoint(desk),
      newBackupCodes: newBackupCodesEndpoint(desk),
      resumeGuest: resumeGuestEndpoint(desk),
      verifyAddress: verifyEmailEndpoint(desk),
      resendVerification: resendVerificationEndpoint(desk),
      requestReset: requestPasswordResetEndpoint(desk),
      resetByMail: resetPasswordEndpoint(desk),
      changeOwnPassword: changePasswordEndpoint(desk),
      changeName: changeNameEndpoint(desk),
      revokePlace: revokeSessionEndpoint(desk),
      revokeOtherPlaces: revokeOtherSessionsEndpoint(desk),
      makeKey: makeKeyEndpoint(desk),
      renameKey: renameKeyEndpoint(desk),
      rotateKey: rotateKeyEndpoint(desk),
      revokeKey: revokeKeyEndpoint(desk),
      passkeyOptions: passkeyOptionsEndpoint(desk),
      addPasskey: addPasskeyEndpoint(desk),
      renamePasskey: renamePasskeyEndpoint(desk),
      removePasskey: removePasskeyEndpoint(desk),
      passkeySignInOptions: passkeySignInOptionsEndpoint(desk),
      signInByPasskey: signInByPasskeyEndpoint(desk),
    },
  }) satisfies BetterAuthPlugin;

/** Wires the sign-in library to our tables. Its HTTP handler is never mounted: `createAccounts` calls it in-process. */
export function createAuth(desk: Desk, { limits, log }: { limits: boolean; log(line: string): void }) {
  const { env, db, limiter, tools } = desk;
  const signInRule = async (request: Request) =>
    !(await isFromKnownBrowser(desk, request)) && LIMITS['/people/sign-in'];
  const auth = betterAuth({
    baseURL: env.APP_URL,
    basePath: '/api/auth',
    secret: env.SESSION_SECRET,
    telemetry: { enabled: false },
    // It looks for OpenTelemetry at run time, and in a bundle finds half of it.
    experimental: { instrumentation: { enabled: false } },
    database: drizzleAdapter(db, {
      provider: 'pg',
      transaction: true,
      schema: {
        user: users,
        session: sessions,
        account: credentials,
        verification: verifications,
        brand: brands,
        membership: memberships,
        brand_invitation: brandInvitations,
        rateLimit: rateLimits,
      },
    }),
    trustedOrigins: trustedOrigins(env.APP_URL, env.ADMIN_URL),
    session: {
      expiresIn: LONG_SESSION_MS / 1_000,
      disableSessionRefresh: true,
      freshAge: 0,
      additionalFields: { keepSignedIn: { type: 'boolean', required: false, input: false } },
    },
    rateLimit: {
      enabled: limits,
      customStorage: withoutAddresses(limiter, env.SESSION_SECRET),
      customRules: { ...LIMITS, '/people/sign-in': signInRule },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: env.APP_URL.startsWith('https:'),
      database: { generateId: false },
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
      // Said outright, because the library turns both off by itself when it believes to be in a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ...(env.COOKIE_DOMAIN ? { crossSubDomainCookies: { enabled: true, domain: env.COOKIE_DOMAIN } } : {}),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, ctx) => {
            const keepSignedIn = session['keepSignedIn'] === true || KEPT_PATHS.includes(ctx?.path ?? '');
            const lifetime = keepSignedIn ? LONG_SESSION_MS : SHORT_SESSION_MS;
            const expiresAt = new Date(tools.now().getTime() + lifetime);
            // The library keeps only the network of an IPv6 address, which nobody would recognise as theirs.
            const ipAddress = ctx?.headers?.get('x-client-ip') ?? '';
            const place = sealPlace(tools.sealer, { ipAddress, userAgent: session.userAgent ?? '' });
            return { data: { ...session, ...place, keepSignedIn, expiresAt } };
          },
        },
      },
      user: {
        create: {
          before: async (user, ctx) => {
            const guestKey = ctx?.headers?.get(GUEST_KEY_HEADER);
            return { data: guestKey ? { ...user, email: guestAddress(guestKey) } : user };
          },
        },
      },
    },
    // Deleting a guest would take the remixes along; `welcome` brings them over instead.
    plugins: [
      anonymous({ disableDeleteAnonymousUser: true, generateName: guestName, emailDomainName: 'guest.invalid' }),
      organization(brandRoles),
      people(desk),
    ],
    onAPIError: { throw: true },
    logger: { level: 'error', log: (_level, message) => log(`accounts: ${message}`) },
  });
  return { handler: auth.handler, context: auth.$context };
}

/** The library counts by address and path. Whoever reads the table does not learn who came from where. */
const withoutAddresses = (limiter: Limiter, secret: string): Limiter => ({
  consume(key, limit) {
    const [address = '', path = ''] = key.split('|');
    return limiter.consume(`${keyedDigest(secret, `limit:${address}`)}|${path}`, limit);
  },
});
