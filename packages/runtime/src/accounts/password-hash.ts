import { createHmac, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

/** The same cost and form (`salt:key`, both hex) as the sign-in library's own hashes. */
const COST = { N: 16_384, r: 16, p: 1, maxmem: 128 * 16_384 * 16 * 2 };
const KEY_BYTES = 64;

/**
 * The salt of every password under one address, random to anybody without the secret. One salt an address lets one
 * hashing stand against the holder's password and those of all its decoys, so a check costs the same for any address.
 */
export function saltFor(secret: string, address: string): string {
  return createHmac('sha256', secret).update(`password-salt:${address}`).digest('hex').slice(0, 32);
}

export async function hashPassword(password: string, salt: string): Promise<string> {
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST);
  return `${salt}:${key.toString('hex')}`;
}

export const saltOf = (hash: string): string => hash.slice(0, hash.indexOf(':'));

/** Compares two results of `hashPassword` in constant time. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
