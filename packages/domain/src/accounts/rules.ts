/** Numbers and checks that the form, the API and the mail agree on. Browser-safe: no imports. */

export const SITE_NAME = 'Remixify';
export const PASSWORD_MIN_CHARS = 10;
export const PASSWORD_MAX_CHARS = 128;
export const PERSON_NAME_MAX_CHARS = 60;
export const EMAIL_MAX_CHARS = 254;

/** What must remain of a password once a word that others can guess is taken out of it. */
const OWN_CHARS_MIN = 6;

const lengthOf = (text: string) => [...text].length;

/**
 * Why a new password is too weak, as a sentence, or null. Knows nothing of lists of common passwords:
 * `checkNewPassword` on the server asks those too.
 */
export function passwordProblem(password: string, email = ''): string | null {
  const length = lengthOf(password);
  if (length < PASSWORD_MIN_CHARS) return `Use at least ${PASSWORD_MIN_CHARS} characters.`;
  if (length > PASSWORD_MAX_CHARS) return `Use at most ${PASSWORD_MAX_CHARS} characters.`;
  if (isRepetition(password)) return 'This only repeats a few characters. Choose something harder to guess.';

  const lower = password.toLowerCase();
  const [localPart = ''] = email.toLowerCase().split('@');
  for (const word of [email.toLowerCase(), localPart]) {
    if (isMostly(lower, word)) return 'This is too close to your e-mail address. Choose something harder to guess.';
  }
  if (isMostly(lower, SITE_NAME.toLowerCase())) {
    return 'This is too close to the name of this site. Choose something harder to guess.';
  }
  return null;
}

/** True when nearly nothing is left of `password` without `word`. Very short words are in everything. */
function isMostly(password: string, word: string): boolean {
  return word.length >= 3 && password.includes(word) && lengthOf(password.replaceAll(word, '')) < OWN_CHARS_MIN;
}

/** True for `aaaaaaaaaa` and `abcabcabcabc`: a unit of at most four characters, over and over. */
function isRepetition(password: string): boolean {
  const chars = [...password.toLowerCase()];
  return [1, 2, 3, 4].some((unit) => chars.every((char, index) => char === chars[index % unit]));
}

const RETURN_PATH_MAX_CHARS = 2_000;

/**
 * The path of this site that `value` names, ready for a Location header, or `fallback`. Refuses everything
 * a browser could read as another site: `//host`, backslashes, control characters, schemes.
 */
export function safeReturnPath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > RETURN_PATH_MAX_CHARS) return fallback;
  if (!value.startsWith('/') || value.includes('\\') || hasControlChar(value)) return fallback;
  if (!URL.canParse(value, 'http://here.invalid')) return fallback;
  const url = new URL(value, 'http://here.invalid');
  // `/.//host` becomes `//host` once the dots are resolved, hence the second look.
  if (url.origin !== 'http://here.invalid' || url.pathname.includes('//')) return fallback;
  return url.pathname + url.search + url.hash;
}

function hasControlChar(text: string): boolean {
  return [...text].some((char) => {
    const code = char.codePointAt(0)!;
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
  });
}
