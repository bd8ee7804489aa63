import { createHmac, timingSafeEqual } from 'node:crypto';
import type { GenericEndpointContext } from 'better-auth';
import type { Desk } from './desk.ts';
import { addressOf, type UserRow } from './find-person.ts';

/** As long as browsers keep any cookie. */
const KEPT_SECONDS = 400 * 24 * 3_600;
/** Accounts that one browser is remembered for, the newest first. */
const MAX_ACCOUNTS = 5;

/**
 * A browser in which an account was entered before says so by a cookie. It opens nothing: wrong passwords are counted
 * apart for it, by account, so that strangers who guess at an address cannot make its owner wait.
 */
export function deviceOf({ env }: Pick<Desk, 'env'>, ctx: GenericEndpointContext, address: string): string | null {
  const entry = entriesIn(ctx).find((one) => {
    const [account = '', proof = ''] = one.split('.');
    return isSame(proof, proofOf(env.SESSION_SECRET, { account, address }));
  });
  return entry?.split('.')[0] ?? null;
}

/** Remembers in this browser that `user` was entered here. */
export function rememberDevice({ env }: Pick<Desk, 'env'>, ctx: GenericEndpointContext, user: UserRow): void {
  const account = mac(env.SESSION_SECRET, `device-of:${user.id}`, 12);
  const entry = `${account}.${proofOf(env.SESSION_SECRET, { account, address: addressOf(user) })}`;
  const entries = [entry, ...entriesIn(ctx).filter((one) => one !== entry)].slice(0, MAX_ACCOUNTS);
  const { name, attributes } = cookieOf(ctx);
  ctx.setCookie(name, entries.join('~'), attributes);
}

const cookieOf = (ctx: GenericEndpointContext) => ctx.context.createAuthCookie('device', { maxAge: KEPT_SECONDS });

const entriesIn = (ctx: GenericEndpointContext): string[] =>
  (ctx.getCookie(cookieOf(ctx).name) ?? '')
    .split('~')
    .filter((one) => /^[\w-]{16}\.[\w-]{32}$/.test(one))
    .slice(0, MAX_ACCOUNTS);

const proofOf = (secret: string, { account, address }: { account: string; address: string }) =>
  mac(secret, `known-device:${account}:${address}`, 24);

export const mac = (secret: string, words: string, bytes: number): string =>
  createHmac('sha256', secret).update(words).digest().subarray(0, bytes).toString('base64url');

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
