import { createHash, randomBytes } from 'node:crypto';
import { verifications } from '@repo/db';
import { PASSKEY_CHALLENGE_MS } from '@repo/domain/passkeys/rules';
import type { GenericEndpointContext } from 'better-auth';
import { and, eq, gt, lt } from 'drizzle-orm';
import { z } from 'zod';
import { COOKIE_PREFIX, type Desk } from './desk.ts';

/** What a passkey is asked for: to be added for `userId`, or to sign somebody in whom nobody has named yet. */
export type Errand = { purpose: 'passkey-add'; userId: string } | { purpose: 'passkey-sign-in' };

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const identifierOf = (errand: Errand, challenge: string) => `${errand.purpose}:${digest(challenge)}`;
const holderOf = (errand: Errand, browser: string) =>
  `${digest(browser)}|${errand.purpose === 'passkey-add' ? errand.userId : ''}`;

const cookieNameOf = ({ env }: Desk) =>
  `${env.APP_URL.startsWith('https:') ? '__Secure-' : ''}${COOKIE_PREFIX}.passkey`;

const cookieOf = (desk: Desk, ctx: GenericEndpointContext): string | null => {
  const value = ctx.getCookie(cookieNameOf(desk)) ?? '';
  return /^[\w-]{32}$/.test(value) ? value : null;
};

/**
 * Keeps a challenge for the browser that asked, under a cookie of its own: whoever reads the table, or makes somebody
 * else's browser send an answer, has nothing. Several tabs of one browser share the cookie.
 */
export async function keepChallenge(
  desk: Desk,
  ctx: GenericEndpointContext,
  errand: Errand,
  challenge: string,
): Promise<void> {
  const browser = cookieOf(desk, ctx) ?? randomBytes(24).toString('base64url');
  const now = desk.tools.now();
  await desk.db.delete(verifications).where(lt(verifications.expiresAt, now));
  await desk.db.insert(verifications).values({
    identifier: identifierOf(errand, challenge),
    value: holderOf(errand, browser),
    expiresAt: new Date(now.getTime() + PASSKEY_CHALLENGE_MS),
  });
  ctx.setCookie(cookieNameOf(desk), browser, {
    path: '/',
    httpOnly: true,
    secure: desk.env.APP_URL.startsWith('https:'),
    sameSite: 'lax',
    maxAge: PASSKEY_CHALLENGE_MS / 1_000,
  });
}

/**
 * The challenge that a browser's answer names, used up by this; null when it is not ours, too old, spent, or was
 * given to another browser, another person or for something else.
 */
export async function spendChallenge(
  desk: Desk,
  ctx: GenericEndpointContext,
  errand: Errand,
  clientDataJson: string,
): Promise<string | null> {
  const challenge = challengeIn(clientDataJson);
  const browser = cookieOf(desk, ctx);
  if (challenge === null || browser === null) return null;
  const isIt = and(
    eq(verifications.identifier, identifierOf(errand, challenge)),
    eq(verifications.value, holderOf(errand, browser)),
    gt(verifications.expiresAt, desk.tools.now()),
  );
  const spent = await desk.db.delete(verifications).where(isIt).returning({ id: verifications.id });
  return spent.length > 0 ? challenge : null;
}

const ClientData = z.object({ challenge: z.string().min(1) });

function challengeIn(clientDataJson: string): string | null {
  try {
    const text = Buffer.from(clientDataJson, 'base64url').toString('utf8');
    return ClientData.parse(JSON.parse(text)).challenge;
  } catch {
    return null;
  }
}
