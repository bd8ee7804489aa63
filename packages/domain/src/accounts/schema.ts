import { z } from 'zod';
import { EMAIL_MAX_CHARS, PASSWORD_MAX_CHARS, PERSON_NAME_MAX_CHARS, passwordProblem } from './rules.ts';

/** A ticked box arrives from a form as `on`, and not at all when it is not ticked. */
const ticked = z.preprocess((value) => value === true || value === 'on' || value === 'true', z.boolean());

const email = z
  .string({ error: 'Enter your e-mail address.' })
  .trim()
  .toLowerCase()
  .min(1, 'Enter your e-mail address.')
  .max(EMAIL_MAX_CHARS, 'This address is too long.')
  .pipe(z.email('This does not look like an e-mail address, such as ann@example.com.'));

const name = z
  .string({ error: 'Enter your name.' })
  .trim()
  .min(1, 'Enter your name.')
  .refine((value) => [...value].length <= PERSON_NAME_MAX_CHARS, `Use at most ${PERSON_NAME_MAX_CHARS} characters.`)
  // A name stands in mails and lists: one line of visible text.
  .refine((value) => !/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(value), 'Use one line of plain text.');

/** A password somebody already has: any rule checked here would only tell what it is not. */
const givenPassword = z
  .string({ error: 'Enter your password.' })
  .min(1, 'Enter your password.')
  .refine((value) => [...value].length <= PASSWORD_MAX_CHARS, `Use at most ${PASSWORD_MAX_CHARS} characters.`);

const newPassword = z.string({ error: 'Choose a password.' }).superRefine((value, check) => {
  const problem = passwordProblem(value);
  if (problem) check.addIssue({ code: 'custom', message: problem });
});

const token = z.string().regex(/^[\w-]{20,100}$/, 'This link is not complete. Copy it whole from the mail.');

export const SignUpInput = z
  .object({ name, email, password: newPassword, keepSignedIn: ticked })
  .superRefine((input, check) => {
    const problem = passwordProblem(input.password, input.email);
    if (problem && !passwordProblem(input.password))
      check.addIssue({ code: 'custom', path: ['password'], message: problem });
  });
export type SignUpInput = z.infer<typeof SignUpInput>;

export const SignInInput = z.object({ email, password: givenPassword, keepSignedIn: ticked });
export type SignInInput = z.infer<typeof SignInInput>;

export const RequestPasswordResetInput = z.object({ email });
export type RequestPasswordResetInput = z.infer<typeof RequestPasswordResetInput>;

export const ResetPasswordInput = z.object({ token, newPassword });
export type ResetPasswordInput = z.infer<typeof ResetPasswordInput>;

export const VerifyEmailInput = z.object({ token });
export type VerifyEmailInput = z.infer<typeof VerifyEmailInput>;

export const ChangePasswordInput = z.object({ currentPassword: givenPassword, newPassword });
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

export const ChangeNameInput = z.object({ name });
export type ChangeNameInput = z.infer<typeof ChangeNameInput>;

export const RevokeSessionInput = z.object({ sessionId: z.uuid() });
export type RevokeSessionInput = z.infer<typeof RevokeSessionInput>;

/** Who sits before the screen, as pages may show it. */
export type Person = {
  id: string;
  name: string;
  /** Empty for a guest. */
  email: string;
  emailVerified: boolean;
  isGuest: boolean;
  isStaff: boolean;
};

/** A place where somebody is signed in. */
export type SignedInPlace = {
  id: string;
  isCurrent: boolean;
  userAgent: string;
  ipAddress: string;
  keepSignedIn: boolean;
  createdAt: Date;
  /** When it was last used, to a quarter of an hour. */
  lastSeenAt: Date;
  expiresAt: Date;
};
