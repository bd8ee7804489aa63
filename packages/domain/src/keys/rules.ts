import { SCOPE_NAMES, type Scope } from '../permissions/rules.ts';

/** Every key begins with it, so that people and scanners for leaked secrets know one when they see it. */
export const KEY_PREFIX = 'rk_';
/** Live keys of one person or one brand. */
export const MOST_KEYS = 50;
export const KEY_NAME_MAX_CHARS = 60;
export const KEY_PER_MINUTE = 100;
export const KEY_PER_MINUTE_MAX = 1_000;
/** How long a form that was sent twice shows the same key. */
export const SAME_FORM_MS = 10 * 60_000;
/** When a key was last used is noted at most this often. */
export const NOTE_USE_EVERY_MS = 60_000;

export const KEY_LIFETIMES = { '30': '30 days', '90': '90 days', '365': 'One year', never: 'Never' } as const;
export type KeyLifetime = keyof typeof KEY_LIFETIMES;

/** A brand's key does the brand's work; what is a person's own, and what only its owners may, is no part of that. */
const NOT_FOR_BRANDS: readonly Scope[] = [
  'account:write',
  'brands:write',
  'credits:write',
  'quotas:write',
  'moderation:write',
  'operations:read',
];
export const scopesFor = (isBrands: boolean): Scope[] =>
  SCOPE_NAMES.filter((scope) => !isBrands || !NOT_FOR_BRANDS.includes(scope));

/** Said of every key that does not work, whatever the reason. */
export const DEAD_KEY_SENTENCE =
  'This key does not work. Check that it was copied whole, or make a new one in your settings.';
export const KEY_IN_ADDRESS_SENTENCE =
  'A key belongs into a header, never into an address: addresses are kept in logs. Take this key as read by others, and rotate it.';
