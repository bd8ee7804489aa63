import { ChangeNameInput, ChangePasswordInput, RevokeSessionInput } from '@repo/domain/accounts/schema';
import { z } from 'zod';

/** The forms of the settings page, told apart by their button. */
export const SettingsForm = z.discriminatedUnion('intent', [
  ChangeNameInput.extend({ intent: z.literal('name') }),
  ChangePasswordInput.extend({ intent: z.literal('password') }),
  RevokeSessionInput.extend({ intent: z.literal('revoke') }),
  z.object({ intent: z.literal('revoke-others') }),
  z.object({ intent: z.literal('resend') }),
]);
export type SettingsForm = z.infer<typeof SettingsForm>;
export type Intent = SettingsForm['intent'];
