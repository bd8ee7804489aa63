import { SITE_NAME } from '@repo/domain/accounts/rules';
import { Secret, TOTP } from 'otpauth';

/** 160 bits, the size of SHA-1's block of key: what RFC 4226 recommends. */
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** Steps before and after the present one whose codes count: clocks go wrong, and people type slowly. */
const WINDOW = 1;

export const DIGITS = 6;

/** SHA-1 because most apps ignore any other name and show codes that never fit (decision 022). */
const totpOf = (secret: string, label = '') =>
  new TOTP({
    issuer: SITE_NAME,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  });

/** A new secret, in base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What the picture for apps says. */
export const totpUri = (secret: string, address: string): string => totpOf(secret, address).toString();

/** The step of 30 seconds that a code belongs to, or null for a wrong one. Compares in constant time. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, window: WINDOW, timestamp });
  return delta === null ? null : Math.floor(timestamp / 1_000 / STEP_SECONDS) + delta;
}
