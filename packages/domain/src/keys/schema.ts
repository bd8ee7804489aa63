import { z } from 'zod';
import { SCOPE_NAMES } from '../permissions/rules.ts';
import { plainText } from '../plain-text/schema.ts';
import { KEY_LIFETIMES, KEY_NAME_MAX_CHARS, KEY_PER_MINUTE, KEY_PER_MINUTE_MAX, type KeyLifetime } from './rules.ts';

export const KeyName = plainText({ max: KEY_NAME_MAX_CHARS, empty: 'Give the key a name.', noun: 'name' });
export const KeyScopes = z.array(z.enum(SCOPE_NAMES)).min(1, 'Tick at least one thing that the key may do.');

const perMinuteSentence = `A key may ask 1 to ${KEY_PER_MINUTE_MAX.toLocaleString('en')} times a minute, in whole numbers.`;

const lifetimes = Object.keys(KEY_LIFETIMES) as [KeyLifetime, ...KeyLifetime[]];

export const MakeKeyInput = z.object({
  name: KeyName,
  /** Null: a key of the person's own. */
  brandId: z.uuid().nullable().default(null),
  scopes: KeyScopes,
  lifetime: z.enum(lifetimes, 'Choose how long the key works.'),
  perMinute: z.coerce
    .number(perMinuteSentence)
    .int(perMinuteSentence)
    .min(1, perMinuteSentence)
    .max(KEY_PER_MINUTE_MAX, perMinuteSentence)
    .default(KEY_PER_MINUTE),
  /** Names one form: sent twice, it makes one key. */
  formKey: z.uuid(),
});
export type MakeKeyInput = z.infer<typeof MakeKeyInput>;

export const RevokeKeyInput = z.object({ keyId: z.uuid() });
export type RevokeKeyInput = z.infer<typeof RevokeKeyInput>;
export const RenameKeyInput = z.object({ keyId: z.uuid(), name: KeyName });
export type RenameKeyInput = z.infer<typeof RenameKeyInput>;
export const RotateKeyInput = z.object({ keyId: z.uuid(), formKey: z.uuid() });
export type RotateKeyInput = z.infer<typeof RotateKeyInput>;

/** A key as lists show it: never the key itself. */
export const KeyView = z.object({
  id: z.uuid(),
  brandId: z.uuid().nullable(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(z.enum(SCOPE_NAMES)),
  perMinute: z.number().int(),
  /** Null: they have left. */
  madeBy: z.string().nullable(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type KeyView = z.infer<typeof KeyView>;
