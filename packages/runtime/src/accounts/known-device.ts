import { randomBytes, timingSafeEqual } from 'node:crypto';
import { SignInInput } from '@repo/domain/accounts/schema';
import type { GenericEndpointContext } from 'better-auth';
import { parseCookies } from 'better-auth/cookies';
import { COOKIE_PREFIX, type Desk } from './desk.ts';
import { addressOf, type UserRow } from './find-person.ts';
import { keyedDigest } from './keyed-digest.ts';

/** As long as browsers keep any cookie. */
const KEPT_SECONDS = 400 * 24 * 3_600;
/** Accounts that one browser is remembered for, the newest first. */
const MAX_ACCOUNTS = 5;
const ENTRY = /^([\w-]{16})\.([\w-]{16})\.([cn])\.([0-9a-z]{1,10})\.([\w-]{32})$/;

/**
 * A browser in which an account was entered says so by a cookie. It opens nothing: wrong tries are counted apart for
 * it, so strangers who guess at an address or at codes cannot make the owner wait.
 */
export type KnownDevice = {
  id: string;
  account: string;
  /** Whether whoever entered had shown that they read the address's mail: anybody can make an account under it. */
  isConfirmed: boolean;
  /** When the account was last entered here, all steps passed. */
  enteredAt: number;
};

/** What this browser is to some account of `address`; a confirmed one first. */
export function deviceFor(desk: Desk, ctx: GenericEndpointContext, address: string): KnownDevice | null {
  const known = devicesIn(desk, ctx, address);
  return known.find(({ isConfirmed }) => isConfirmed) ?? known[0] ?? null;
}

/** What this browser is to that very account. */
export function deviceOf(desk: Desk, ctx: GenericEndpointContext, user: UserRow): KnownDevice | null {
  const account = accountOf(desk, user);
  return devicesIn(desk, ctx, addressOf(user)).find((one) => one.account === account) ?? null;
}

/** Remembers in this browser that `user` was entered here. Call it only once every step has been passed. */
export function rememberDevice(desk: Desk, ctx: GenericEndpointContext, user: UserRow): void {
  const account = accountOf(desk, user);
  const id = deviceOf(desk, ctx, user)?.id ?? randomBytes(12).toString('base64url');
  const time = desk.tools.now().getTime().toString(36);
  const words = `${account}.${id}.${user.emailVerified ? 'c' : 'n'}.${time}`;
  const others = textsOf(entriesIn(ctx)).filter((one) => !one.startsWith(`${account}.`));
  const entries = [`${words}.${proofOf(desk, words, addressOf(user))}`, ...others].slice(0, MAX_ACCOUNTS);
  const { name, attributes } = cookieOf(ctx);
  ctx.setCookie(name, entries.join('~'), attributes);
}

const devicesIn = (desk: Desk, ctx: GenericEndpointContext, address: string): KnownDevice[] =>
  devicesOf(desk, entriesIn(ctx), address);

function devicesOf(desk: Desk, entries: string, address: string): KnownDevice[] {
  return textsOf(entries).flatMap((text) => {
    const [, account = '', id = '', rank, time = '', proof = ''] = ENTRY.exec(text) ?? [];
    const right = proofOf(desk, text.slice(0, text.lastIndexOf('.')), address);
    if (!isSame(proof, right)) return [];
    return [{ id, account, isConfirmed: rank === 'c', enteredAt: Number.parseInt(time, 36) }];
  });
}

/**
 * Whether this is a try to sign in from a browser that knows the confirmed account it asks for. Its network is not
 * counted: somebody at the same table or behind the same provider's address could keep the owner out.
 */
export async function isFromKnownBrowser(desk: Desk, request: Request): Promise<boolean> {
  const body = (await request
    .clone()
    .json()
    .catch(() => null)) as { email?: unknown } | null;
  const email = SignInInput.shape.email.safeParse(body?.email);
  if (!email.success) return false;
  const name = `${desk.env.APP_URL.startsWith('https:') ? '__Secure-' : ''}${COOKIE_PREFIX}.device`;
  const entries = parseCookies(request.headers.get('cookie') ?? '').get(name) ?? '';
  return devicesOf(desk, entries, email.data).some(({ isConfirmed }) => isConfirmed);
}

const cookieOf = (ctx: GenericEndpointContext) => ctx.context.createAuthCookie('device', { maxAge: KEPT_SECONDS });

const entriesIn = (ctx: GenericEndpointContext): string => ctx.getCookie(cookieOf(ctx).name) ?? '';

const textsOf = (entries: string): string[] =>
  entries
    .split('~')
    .filter((one) => ENTRY.test(one))
    .slice(0, MAX_ACCOUNTS);

const accountOf = ({ env }: Desk, { id }: UserRow) => keyedDigest(env.SESSION_SECRET, `device-of:${id}`, 12);

const proofOf = ({ env }: Desk, words: string, address: string) =>
  keyedDigest(env.SESSION_SECRET, `known-device:${words}:${address}`);

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
