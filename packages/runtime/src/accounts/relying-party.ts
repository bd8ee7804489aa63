import type { AccountsEnv } from './desk.ts';
import { trustedOrigins } from './trusted-origins.ts';

/** Whom a passkey is made for: it works below this name and on these origins, and nowhere else. */
export type RelyingParty = { id: string; origins: string[] };

export function relyingParty(env: Pick<AccountsEnv, 'APP_URL' | 'ADMIN_URL' | 'COOKIE_DOMAIN'>): RelyingParty {
  const host = env.COOKIE_DOMAIN?.replace(/^\./, '') || new URL(env.APP_URL).hostname;
  // Browsers take names only, no addresses.
  return { id: host === '127.0.0.1' ? 'localhost' : host, origins: trustedOrigins(env.APP_URL, env.ADMIN_URL) };
}
