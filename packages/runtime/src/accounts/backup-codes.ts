import { createHash, randomInt } from 'node:crypto';
import { backupCodes, type Tx } from '@repo/db';
import { and, eq } from 'drizzle-orm';

const CODES = 10;
/** Without letters that look like digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 80 bits: too many to try, so one round of a hash is enough. */
const CHARS = 16;

/** Puts ten new codes in the place of those that were left; resolves to them, to be shown once. */
export async function replaceBackupCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await tx.delete(backupCodes).where(eq(backupCodes.userId, userId));
  await tx.insert(backupCodes).values(codes.map((code) => ({ userId, hash: hashOf(userId, code) })));
  return codes;
}

/** Uses a code up; false where it is none or was used. Of two that try at once, one gets false. */
export async function spendBackupCode(tx: Tx, userId: string, code: string): Promise<boolean> {
  const isThis = and(eq(backupCodes.userId, userId), eq(backupCodes.hash, hashOf(userId, code)));
  const spent = await tx.delete(backupCodes).where(isThis).returning({ id: backupCodes.id });
  return spent.length > 0;
}

/** `abcd-efgh-jkmn-pqrs` */
function newCode(): string {
  const text = Array.from({ length: CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return text.match(/.{4}/g)!.join('-');
}

/** However it was typed: capitals, blanks, and letters that were read for digits. */
const plain = (code: string) =>
  code.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');

const hashOf = (userId: string, code: string) =>
  createHash('sha256')
    .update(`${userId}:${plain(code)}`)
    .digest('hex');
