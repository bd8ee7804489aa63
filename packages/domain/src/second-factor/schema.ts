import { z } from 'zod';
import { SignInInput } from '../accounts/schema.ts';

/** Six digits of an app, or a backup code. Which of both, and whether it is right, is told by trying it. */
const code = z
  .string({ error: 'Enter the code.' })
  .trim()
  .min(1, 'Enter the code.')
  .max(60, 'This is too long for a code.');

const password = SignInInput.shape.password;

export const CodeInput = z.object({ code });
export type CodeInput = z.infer<typeof CodeInput>;

export const OwnPasswordInput = z.object({ password });
export type OwnPasswordInput = z.infer<typeof OwnPasswordInput>;

export const PasswordAndCodeInput = z.object({ password, code });
export type PasswordAndCodeInput = z.infer<typeof PasswordAndCodeInput>;

/** For clients that do both steps at once. */
export const TokenSignInInput = SignInInput.extend({ code: code.optional() });
export type TokenSignInInput = z.infer<typeof TokenSignInInput>;

/** The forms of the sign-in page, told apart by their button. */
export const SignInForm = z.preprocess(
  (posted) => ({ intent: 'password', ...(posted as object) }),
  z.discriminatedUnion('intent', [
    SignInInput.extend({ intent: z.literal('password') }),
    CodeInput.extend({ intent: z.literal('code') }),
    z.object({ intent: z.literal('start-over') }),
  ]),
);
export type SignInForm = z.infer<typeof SignInForm>;

/** How an account stands with codes of an app. */
export type SecondFactorState = {
  /** `started`: an app was shown the secret, and has not proved yet that it took it. */
  state: 'off' | 'started' | 'on';
  backupCodesLeft: number;
};

/** What an app is given. Shown once. */
export type SecondFactorSetup = {
  /** Base32, to be typed where nothing can be scanned. */
  secret: string;
  uri: string;
  /** The address as a picture to scan, in a `data:` address. */
  picture: string;
};
