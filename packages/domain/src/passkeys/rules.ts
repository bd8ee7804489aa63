/** Passkeys of one person. */
export const MOST_PASSKEYS = 20;
export const PASSKEY_NAME_MAX_CHARS = 60;
/** How long a browser may take from being asked to having answered. */
export const PASSKEY_CHALLENGE_MS = 5 * 60_000;
/** After signing in, so long nobody is asked for the password once more before a passkey is added. */
export const FRESH_SESSION_MS = 10 * 60_000;
