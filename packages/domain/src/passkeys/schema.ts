import { z } from 'zod';
import { plainText } from '../plain-text/schema.ts';
import { PASSKEY_NAME_MAX_CHARS } from './rules.ts';

export const PasskeyName = plainText({ max: PASSKEY_NAME_MAX_CHARS, empty: 'Give the passkey a name.', noun: 'name' });

const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/);
const kind = { type: z.literal('public-key'), id: base64url.min(1).max(1_400), rawId: base64url.min(1).max(1_400) };
const extras = { clientExtensionResults: z.looseObject({}).default({}) };

/** What a browser answers when it made a passkey; what is inside is checked by `addPasskey`. */
export const MadePasskey = z.object({
  ...kind,
  ...extras,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(32)).max(10).default([]),
  }),
});
export type MadePasskey = z.infer<typeof MadePasskey>;

/** What a browser answers when somebody used a passkey. */
export const UsedPasskey = z.object({
  ...kind,
  ...extras,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});
export type UsedPasskey = z.infer<typeof UsedPasskey>;

export const PasskeyOptionsInput = z.object({
  /** Asked for once the session is older than ten minutes. */
  password: z.string().max(1_024).optional(),
});
export type PasskeyOptionsInput = z.infer<typeof PasskeyOptionsInput>;

export const AddPasskeyInput = z.object({ name: PasskeyName, passkey: MadePasskey });
export type AddPasskeyInput = z.infer<typeof AddPasskeyInput>;
export const RenamePasskeyInput = z.object({ passkeyId: z.uuid(), name: PasskeyName });
export type RenamePasskeyInput = z.infer<typeof RenamePasskeyInput>;
export const RemovePasskeyInput = z.object({ passkeyId: z.uuid() });
export type RemovePasskeyInput = z.infer<typeof RemovePasskeyInput>;

export const SignInByPasskeyInput = z.object({ passkey: UsedPasskey, keepSignedIn: z.boolean() });
export type SignInByPasskeyInput = z.infer<typeof SignInByPasskeyInput>;

/** A passkey as its person sees it. */
export type PasskeyView = {
  id: string;
  name: string;
  /** True: the device's maker keeps a copy, so that it outlives the device. */
  isBackedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
};
