import { createHash, randomBytes } from 'node:crypto';
import { type Db, type Tx, verifications } from '@repo/db';
import type { GenericEndpointContext } from 'better-auth';
import { and, eq, gt, like, lt } from 'drizzle-orm';
import { type AccountsEnv, COOKIE_PREFIX, type Desk } from './desk.ts';

/** Somebody gave the right password, and has not shown a code yet. Only the browser with the cookie goes on from here. */
export type PendingSignIn = { id: string; userId: string; keepSignedIn: boolean; tries: number };

const PURPOSE = 'second-step';
const LIFETIME_MS = 5 * 60_000;
export const MAX_TRIES = 5;

const isHttps = (env: AccountsEnv) => env.APP_URL.startsWith('https:');
const cookieName = (env: AccountsEnv) => `${isHttps(env) ? '__Secure-' : ''}${COOKIE_PREFIX}.${PURPOSE}`;

/** Remembers who waits for a code, and gives their browser the only way on. */
export async function openPending(
  desk: Desk,
  ctx: GenericEndpointContext,
  { userId, keepSignedIn }: { userId: string; keepSignedIn: boolean },
): Promise<void> {
  const token = randomBytes(24).toString('base64url');
  const now = desk.tools.now();
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  await desk.db.delete(verifications).where(lt(verifications.expiresAt, now));
  const value = write({ userId, keepSignedIn, tries: 0 });
  await desk.db.insert(verifications).values({ identifier: identifierOf(token), value, expiresAt });
  setCookie(desk.env, ctx, token, LIFETIME_MS / 1_000);
}

/** The pending sign-in of the browser that asks, or null. Inside a transaction it is locked until that ends. */
export async function findPending(
  desk: Desk,
  db: Tx | Db,
  headers: Headers | undefined,
  { lock = false } = {},
): Promise<PendingSignIn | null> {
  const token = readCookie(headers, cookieName(desk.env));
  if (!token) return null;
  const isLive = and(eq(verifications.identifier, identifierOf(token)), gt(verifications.expiresAt, desk.tools.now()));
  const query = db.select().from(verifications).where(isLive);
  const [row] = await (lock ? query.for('update') : query);
  return row ? { id: row.id, ...read(row.value) } : null;
}

export async function countTry(tx: Tx, { id, ...pending }: PendingSignIn): Promise<void> {
  const value = write({ ...pending, tries: pending.tries + 1 });
  await tx.update(verifications).set({ value }).where(eq(verifications.id, id));
}

export async function closePending(tx: Tx | Db, { id }: PendingSignIn): Promise<void> {
  await tx.delete(verifications).where(eq(verifications.id, id));
}

/** Ends what was begun with a password that holds no more, or with a factor that is gone. */
export async function dropPendingOf(tx: Tx, userId: string): Promise<void> {
  const isTheirs = and(like(verifications.identifier, `${PURPOSE}:%`), like(verifications.value, `${userId} %`));
  await tx.delete(verifications).where(isTheirs);
}

export const forgetPendingCookie = (desk: Desk, ctx: GenericEndpointContext): void => setCookie(desk.env, ctx, '', 0);

function setCookie(env: AccountsEnv, ctx: GenericEndpointContext, value: string, maxAge: number): void {
  ctx.setCookie(cookieName(env), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps(env),
    path: '/',
    maxAge,
    ...(env.COOKIE_DOMAIN ? { domain: env.COOKIE_DOMAIN } : {}),
  });
}

/** The table keeps a digest: whoever reads it cannot go on in somebody's place. */
const identifierOf = (token: string) => `${PURPOSE}:${createHash('sha256').update(token).digest('hex')}`;

const write = ({ userId, keepSignedIn, tries }: Omit<PendingSignIn, 'id'>) =>
  `${userId} ${keepSignedIn ? 'keep' : 'short'} ${tries}`;

function read(value: string): Omit<PendingSignIn, 'id'> {
  const [userId = '', lifetime, tries] = value.split(' ');
  return { userId, keepSignedIn: lifetime === 'keep', tries: Number(tries) };
}

function readCookie(headers: Headers | undefined, name: string): string | null {
  const pairs = (headers?.get('cookie') ?? '').split(';').map((part) => part.trim());
  return pairs.findLast((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) || null;
}
