import { createHash, randomBytes } from 'node:crypto';
import { type Db, type Tx, verifications } from '@repo/db';
import { and, eq, gt, like, lt, or } from 'drizzle-orm';

export type TokenPurpose = 'verify-email' | 'reset-password';

const HOUR_MS = 3_600_000;
const LIFETIME_MS = { 'verify-email': 72 * HOUR_MS, 'reset-password': HOUR_MS } satisfies Record<TokenPurpose, number>;

/** The table keeps a digest: whoever reads it cannot use a link that is still on its way. */
const identifierOf = (purpose: TokenPurpose, token: string) =>
  `${purpose}:${createHash('sha256').update(token).digest('hex')}`;

/** Makes a token for a link that works once. */
export async function createToken(tx: Tx | Db, purpose: TokenPurpose, userId: string, now: Date): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await tx.delete(verifications).where(lt(verifications.expiresAt, now));
  const expiresAt = new Date(now.getTime() + LIFETIME_MS[purpose]);
  await tx.insert(verifications).values({ identifier: identifierOf(purpose, token), value: userId, expiresAt });
  return token;
}

/** Whose token this is, without using it up; null when it is spent, too old or made up. */
export async function peekToken(tx: Tx | Db, purpose: TokenPurpose, token: string, now: Date): Promise<string | null> {
  const [row] = await tx
    .select()
    .from(verifications)
    .where(isLive(purpose, token, now));
  return row?.value ?? null;
}

/** Uses a token up; of two that try at once, one gets null. */
export async function spendToken(tx: Tx, purpose: TokenPurpose, token: string, now: Date): Promise<string | null> {
  const [row] = await tx
    .delete(verifications)
    .where(isLive(purpose, token, now))
    .returning();
  return row?.value ?? null;
}

/** Ends the links of these kinds that were sent for somebody. */
export async function dropTokens(tx: Tx, userId: string, purposes: TokenPurpose[]): Promise<void> {
  const isOfKind = or(...purposes.map((purpose) => like(verifications.identifier, `${purpose}:%`)));
  await tx.delete(verifications).where(and(eq(verifications.value, userId), isOfKind));
}

const isLive = (purpose: TokenPurpose, token: string, now: Date) =>
  and(eq(verifications.identifier, identifierOf(purpose, token)), gt(verifications.expiresAt, now));
