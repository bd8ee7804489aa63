import { MadePasskey, PasskeyName, RemovePasskeyInput, RenamePasskeyInput } from '@repo/domain/passkeys/schema';
import { z } from 'zod';

/** A browser's answer travels as JSON in one field. */
const passkey = z
  .string()
  .transform((text, check) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      check.addIssue({ code: 'custom', message: 'Try again.' });
      return z.NEVER;
    }
  })
  .pipe(MadePasskey);

/** The forms of this page, told apart by their button. */
export const PasskeysForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add'), name: PasskeyName, passkey }),
  RenamePasskeyInput.extend({ intent: z.literal('rename') }),
  RemovePasskeyInput.extend({ intent: z.literal('remove') }),
]);
export type PasskeysForm = z.infer<typeof PasskeysForm>;
