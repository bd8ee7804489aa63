import { credentials, type Db, type Tx, users } from '@repo/db';
import { and, asc, eq, isNull, or } from 'drizzle-orm';
import type { Desk } from './desk.ts';
import { hashPassword, isSameHash, saltFor, saltOf } from './password-hash.ts';

export type UserRow = typeof users.$inferSelect;

/** Accounts of one address that a password is held against. */
const MAX_CANDIDATES = 200;
/** Salts differ within one address only after the secret was changed. */
const MAX_SALTS = 3;

/** An account that stands in for one whose address was taken. From outside nobody can tell it from a new one. */
export const isDecoy = (user: UserRow): boolean => user.isAnonymous && user.claimedEmail !== null;

export const isGuest = (user: UserRow): boolean => user.isAnonymous && user.claimedEmail === null;

/** The address a person sees as theirs; empty for a guest. */
export const addressOf = (user: UserRow): string => user.claimedEmail ?? (user.isAnonymous ? '' : user.email);

/** Whoever really holds the address, or null. */
export async function findHolder(tx: Tx | Db, address: string): Promise<UserRow | null> {
  const [holder] = await tx
    .select()
    .from(users)
    .where(and(eq(users.email, address), eq(users.isAnonymous, false)));
  return holder ?? null;
}

export type PasswordMatch = {
  user: UserRow | null;
  /** What the password hashes to for this address. */
  hash: string;
  /** True when the account keeps the password under a salt of an earlier secret. */
  isOutdated: boolean;
};

/**
 * Whose password this is among the holder of `address` and its decoys, and the hash a new account there would get.
 * Takes one hashing and one query whether or not anybody holds the address.
 */
export async function findByPassword(
  { db, env }: Pick<Desk, 'db' | 'env'>,
  { address, password }: { address: string; password: string },
): Promise<PasswordMatch> {
  const holder = and(eq(users.email, address), eq(users.isAnonymous, false));
  const decoy = and(eq(users.claimedEmail, address), isNull(users.mergedInto));
  const candidates = await db
    .select({ user: users, hash: credentials.password })
    .from(users)
    .innerJoin(credentials, and(eq(credentials.userId, users.id), eq(credentials.providerId, 'credential')))
    .where(or(holder, decoy))
    // Oldest first: where the address is taken, the first decoy stands where its real holder would stand if it were free.
    .orderBy(users.isAnonymous, asc(users.createdAt), asc(users.id))
    .limit(MAX_CANDIDATES);

  const salt = saltFor(env.SESSION_SECRET, address);
  const salts = new Set([salt, ...candidates.map((candidate) => saltOf(candidate.hash ?? ''))]);
  const hashes = await Promise.all([...salts].slice(0, MAX_SALTS).map((each) => hashPassword(password, each)));
  const found = candidates.find((candidate) => hashes.some((hash) => isSameHash(hash, candidate.hash ?? '')));
  return { user: found?.user ?? null, hash: hashes[0]!, isOutdated: found !== undefined && found.hash !== hashes[0] };
}
