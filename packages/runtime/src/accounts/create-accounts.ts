import type { Db } from '@repo/db';
import type {
  ChangeNameInput,
  ChangePasswordInput,
  RequestPasswordResetInput,
  ResetPasswordInput,
  RevokeSessionInput,
  SignedInPlace,
  SignInInput,
  SignUpInput,
  VerifyEmailInput,
} from '@repo/domain/accounts/schema';
import type { Tools } from '@repo/domain/context';
import {
  KeyView,
  type MakeKeyInput,
  type RenameKeyInput,
  type RevokeKeyInput,
  type RotateKeyInput,
} from '@repo/domain/keys/schema';
import type {
  AddPasskeyInput,
  PasskeyOptionsInput,
  PasskeyView,
  RemovePasskeyInput,
  RenamePasskeyInput,
  SignInByPasskeyInput,
} from '@repo/domain/passkeys/schema';
import type {
  CodeInput,
  OwnPasswordInput,
  PasswordAndCodeInput,
  SecondFactorSetup,
  SecondFactorState,
} from '@repo/domain/second-factor/schema';
import { log } from '@repo/telemetry';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { createAuth } from './auth.ts';
import { forBearers } from './bearer-session.ts';
import { callAuth } from './call-auth.ts';
import { type AccountsEnv, type Desk, GUEST_KEY_HEADER } from './desk.ts';
import type { Entrance } from './enter.ts';
import { findFreshGuest, guestKeyFor } from './guests.ts';
import { type KeyHolder, keyFor } from './key-for.ts';
import { type FreshKey, listKeys } from './keys.ts';
import { createLimiter } from './limiter.ts';
import { listPasskeys } from './passkeys.ts';
import { findPending } from './pending-sign-in.ts';
import { readSecondFactor } from './second-factor.ts';
import { type RequestSession, sessionFor } from './session-for.ts';
import { listSessions } from './settings.ts';
import { type TokenSessions, tokenSessions } from './token-sessions.ts';

export type AccountsOptions = {
  env: AccountsEnv;
  /** A pool of its own, made with `role: 'app_auth'`: it reaches the account tables and nothing else. */
  authDb: Db;
  tools: Tools;
  /** False switches the limits for networks and wrong passwords off, for benchmarks and tests. */
  limits?: boolean;
  log?(line: string): void;
};

/** `Set-Cookie` headers that must go out with the answer. */
type Cookies = { setCookie: string[] };

/** Everything a browser's request can do about its account. All refusals are DomainErrors with a sentence to show. */
export type Accounts = TokenSessions & {
  sessionFor(request: Request): Promise<RequestSession>;
  /**
   * Makes the visitor a guest; whoever has a session keeps it. Requests with one `pressKey`, such as the idempotency
   * key of a press and not to be guessed, get one guest between them.
   */
  becomeGuest(request: Request, options?: { pressKey?: string }): Promise<RequestSession>;
  signUp(request: Request, input: SignUpInput): Promise<Cookies & Entrance>;
  signIn(request: Request, input: SignInInput): Promise<Cookies & Entrance>;
  /** The second step of signing in, for the browser that did the first. */
  finishSignIn(request: Request, input: CodeInput): Promise<Cookies & { userId: string }>;
  /** Whether this browser did the first step and is asked for a code now. */
  isCodeAwaited(request: Request): Promise<boolean>;
  dropSignIn(request: Request): Promise<Cookies>;
  readSecondFactor(request: Request): Promise<SecondFactorState>;
  beginSecondFactor(request: Request, input: OwnPasswordInput): Promise<Cookies & SecondFactorSetup>;
  confirmSecondFactor(request: Request, input: CodeInput): Promise<Cookies & { codes: string[] }>;
  disableSecondFactor(request: Request, input: PasswordAndCodeInput): Promise<Cookies>;
  newBackupCodes(request: Request, input: PasswordAndCodeInput): Promise<Cookies & { codes: string[] }>;
  signOut(request: Request): Promise<Cookies>;
  requestPasswordReset(request: Request, input: RequestPasswordResetInput): Promise<Cookies>;
  resetPassword(request: Request, input: ResetPasswordInput): Promise<Cookies & Entrance>;
  verifyEmail(request: Request, input: VerifyEmailInput): Promise<Cookies>;
  resendVerification(request: Request): Promise<Cookies>;
  changePassword(request: Request, input: ChangePasswordInput): Promise<Cookies>;
  changeName(request: Request, input: ChangeNameInput): Promise<Cookies>;
  listSessions(request: Request): Promise<SignedInPlace[]>;
  revokeSession(request: Request, input: RevokeSessionInput): Promise<Cookies>;
  revokeOtherSessions(request: Request): Promise<Cookies & { ended: number }>;
  /** Whom this key acts for; null for one that opens nothing. Asks for nothing else of the request. */
  keyFor(request: Request, key: string): Promise<KeyHolder | null>;
  listKeys(request: Request): Promise<KeyView[]>;
  makeKey(request: Request, input: MakeKeyInput): Promise<Cookies & FreshKey>;
  renameKey(request: Request, input: RenameKeyInput): Promise<Cookies>;
  rotateKey(request: Request, input: RotateKeyInput): Promise<Cookies & FreshKey>;
  revokeKey(request: Request, input: RevokeKeyInput): Promise<Cookies>;
  /** What the browser makes a passkey from. Asks for the password once the session is older than ten minutes. */
  passkeyOptions(
    request: Request,
    input: PasskeyOptionsInput,
  ): Promise<Cookies & { options: PublicKeyCredentialCreationOptionsJSON }>;
  addPasskey(request: Request, input: z.input<typeof AddPasskeyInput>): Promise<Cookies>;
  listPasskeys(request: Request): Promise<{ passkeys: PasskeyView[]; asksForPassword: boolean }>;
  renamePasskey(request: Request, input: RenamePasskeyInput): Promise<Cookies>;
  removePasskey(request: Request, input: RemovePasskeyInput): Promise<Cookies>;
  passkeySignInOptions(request: Request): Promise<Cookies & { options: PublicKeyCredentialRequestOptionsJSON }>;
  signInByPasskey(request: Request, input: z.input<typeof SignInByPasskeyInput>): Promise<Cookies & { userId: string }>;
  /** Where the mails of this installation arrive. */
  mailPlace(request: Request): Promise<'mailbox' | 'folder'>;
};

export function createAccounts({ env, authDb, tools, limits = true, log: say = log.error }: AccountsOptions): Accounts {
  const limiter = createLimiter(authDb, () => tools.now());
  const desk: Desk = { env, db: authDb, tools, limiter, slowsGuesses: limits };
  const auth = { ...createAuth(desk, { limits, log: say }), appUrl: env.APP_URL };

  const call = async (request: Request, path: string, body?: unknown): Promise<Cookies> => {
    const { setCookie } = await callAuth(auth, request, { path, body });
    return { setCookie };
  };
  const callFor = async <Answer>(request: Request, path: string, body?: unknown): Promise<Cookies & Answer> => {
    const answer = await callAuth(auth, request, { path, body });
    return { ...(answer.body as Answer), setCookie: answer.setCookie };
  };

  const signIn: Accounts['signIn'] = (request, input) => callFor(request, '/people/sign-in', input);
  const finishSignIn: Accounts['finishSignIn'] = (request, input) => callFor(request, '/people/finish-sign-in', input);
  const verbs: Omit<Accounts, keyof TokenSessions> = {
    sessionFor: (request) => sessionFor(desk, request),
    async becomeGuest(request, { pressKey } = {}) {
      const current = await sessionFor(desk, request);
      if (current.session) return current;
      const setCookie = await enterAsGuest(request, pressKey);
      const cookie = setCookie.map((line) => line.split(';')[0]).join('; ');
      const entered = await sessionFor(desk, new Request(request.url, { headers: { cookie } }));
      return { ...entered, setCookie };
    },
    signUp: (request, input) => callFor(request, '/people/sign-up', input),
    signIn,
    finishSignIn,
    isCodeAwaited: async (request) => (await findPending(desk, authDb, request.headers)) !== null,
    dropSignIn: (request) => call(request, '/people/drop-sign-in'),
    readSecondFactor: (request) => readSecondFactor(desk, request.headers),
    beginSecondFactor: (request, input) => callFor(request, '/people/begin-second-factor', input),
    confirmSecondFactor: (request, input) => callFor(request, '/people/confirm-second-factor', input),
    disableSecondFactor: (request, input) => call(request, '/people/disable-second-factor', input),
    newBackupCodes: (request, input) => callFor(request, '/people/new-backup-codes', input),
    signOut: (request) => call(request, '/sign-out'),
    requestPasswordReset: (request, input) => call(request, '/people/request-password-reset', input),
    resetPassword: (request, input) => callFor(request, '/people/reset-password', input),
    verifyEmail: (request, input) => call(request, '/people/verify-email', input),
    resendVerification: (request) => call(request, '/people/resend-verification'),
    changePassword: (request, input) => call(request, '/people/change-password', input),
    changeName: (request, input) => call(request, '/people/change-name', input),
    listSessions: (request) => listSessions(desk, request.headers),
    revokeSession: (request, input) => call(request, '/people/revoke-session', input),
    revokeOtherSessions: (request) => callFor(request, '/people/revoke-other-sessions'),
    keyFor: (_request, key) => keyFor(desk, key),
    listKeys: (request) => listKeys(desk, request.headers),
    makeKey: async (request, input) => withDates(await callFor(request, '/people/make-key', input)),
    renameKey: (request, input) => call(request, '/people/rename-key', input),
    rotateKey: async (request, input) => withDates(await callFor(request, '/people/rotate-key', input)),
    revokeKey: (request, input) => call(request, '/people/revoke-key', input),
    passkeyOptions: (request, input) => callFor(request, '/people/passkey-options', input),
    addPasskey: (request, input) => call(request, '/people/add-passkey', input),
    listPasskeys: (request) => listPasskeys(desk, request.headers),
    renamePasskey: (request, input) => call(request, '/people/rename-passkey', input),
    removePasskey: (request, input) => call(request, '/people/remove-passkey', input),
    passkeySignInOptions: (request) => callFor(request, '/people/passkey-sign-in-options'),
    signInByPasskey: (request, input) => callFor(request, '/people/sign-in-by-passkey', input),
    mailPlace: async () => (env.SMTP_URL ? 'mailbox' : 'folder'),
  };
  return { ...forBearers(verbs, env), ...tokenSessions(desk, { signIn, finishSignIn }) };

  async function enterAsGuest(request: Request, pressKey: string | undefined): Promise<string[]> {
    const newGuest = (headers = {}) => callAuth(auth, request, { path: '/sign-in/anonymous', headers });
    if (pressKey === undefined) return (await newGuest()).setCookie;

    const from = request.headers.get('x-client-ip') ?? '';
    const guestKey = guestKeyFor(env.SESSION_SECRET, `${from}|${pressKey}`);
    const headers = { [GUEST_KEY_HEADER]: guestKey };
    const isThere = async () => (await findFreshGuest(authDb, guestKey, tools.now())) !== null;
    const resume = async () => (await callAuth(auth, request, { path: '/people/resume-guest', headers })).setCookie;
    if (await isThere()) return resume();
    try {
      return (await newGuest(headers)).setCookie;
    } catch (error) {
      // The other half of a double click was faster; otherwise the failure is a real one.
      if (await isThere()) return resume();
      throw error;
    }
  }
}

/** What went through the sign-in library came back as JSON. */
const withDates = (fresh: Cookies & FreshKey): Cookies & FreshKey => ({
  ...fresh,
  view: KeyOnTheWire.parse(fresh.view),
});

const date = z.coerce.date();
const KeyOnTheWire = KeyView.extend({ createdAt: date, expiresAt: date.nullable(), lastUsedAt: date.nullable() });
