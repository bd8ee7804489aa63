import type { Db } from '@repo/db';
import type { Tools } from '@repo/domain/context';
import type { Limiter } from './limiter.ts';

export type AccountsEnv = {
  APP_URL: string;
  ADMIN_URL: string;
  COOKIE_DOMAIN?: string | undefined;
  SESSION_SECRET: string;
  DEMO: boolean;
  /** Where unset, mails are files in the data directory. */
  SMTP_URL?: string | undefined;
};

/** What every account verb works with. `db` reaches the account tables and nothing else. */
export type Desk = {
  env: AccountsEnv;
  db: Db;
  tools: Tools;
  limiter: Limiter;
  /** Whether wrong passwords make people wait. */
  slowsGuesses: boolean;
};

const HOUR_MS = 3_600_000;
export const SHORT_SESSION_MS = 8 * HOUR_MS;
export const LONG_SESSION_MS = 30 * 24 * HOUR_MS;
/** A session's end is moved on at most this often, so that reading pages hardly ever writes. */
export const SLIDE_EVERY_MS = HOUR_MS / 4;

export const COOKIE_PREFIX = 'remixify';
/** Names the guest that one press of a button makes; never taken from a browser's request. */
export const GUEST_KEY_HEADER = 'x-guest-key';
