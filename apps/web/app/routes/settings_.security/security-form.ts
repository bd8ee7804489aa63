import { CodeInput, OwnPasswordInput, PasswordAndCodeInput } from '@repo/domain/second-factor/schema';
import { z } from 'zod';

/** The forms of this page, told apart by their button. */
export const SecurityForm = z.discriminatedUnion('intent', [
  OwnPasswordInput.extend({ intent: z.literal('begin') }),
  CodeInput.extend({ intent: z.literal('confirm') }),
  PasswordAndCodeInput.extend({ intent: z.literal('new-codes') }),
  PasswordAndCodeInput.extend({ intent: z.literal('off') }),
]);
export type SecurityForm = z.infer<typeof SecurityForm>;
export type Intent = SecurityForm['intent'];
