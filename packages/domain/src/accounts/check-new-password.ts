import { dictionary } from '@zxcvbn-ts/language-common';
import { DomainError } from '../errors.ts';
import { passwordProblem } from './rules.ts';

let common: Set<string> | null = null;

/** The 49,000 passwords people choose most, in small letters. Read once, when first needed. */
function commonPasswords(): Set<string> {
  common ??= new Set((dictionary['passwords-common'] as string[]).map((password) => password.toLowerCase()));
  return common;
}

/** True for a well-known password, also with the usual decoration round it: `Password123!`, `!dragon2024!`. */
export function isCommonPassword(password: string): boolean {
  const lower = password.normalize('NFKC').toLowerCase();
  const bare = lower.replace(/^[^\p{L}]{0,5}/u, '').replace(/[^\p{L}]{0,5}$/u, '');
  const [half = ''] = [lower.slice(0, lower.length / 2)];
  const isDoubled = lower === half + half;
  return commonPasswords().has(lower) || commonPasswords().has(bare) || (isDoubled && commonPasswords().has(half));
}

/**
 * Refuses a new password that is too short, too long or too easy to guess. Depends on what was typed alone,
 * so that its answer tells nothing about who has an account.
 * @throws DomainError `invalid` with `details.field` naming the form's field.
 */
export function checkNewPassword(password: string, email: string, field: string): void {
  const problem = isCommonPassword(password)
    ? 'Many people use this password, so it is guessed first. Choose another.'
    : passwordProblem(password, email);
  if (problem) throw new DomainError('invalid', problem, { field });
}
