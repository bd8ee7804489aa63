/** What the pages of both apps stand on, for browsers too: nothing here may reach server code. */

export { FormRefusal } from './form-refusal.tsx';
export { PageFailure } from './page-failure.tsx';
export { PageFrame, type PageFrameProps } from './page-frame.tsx';
export { askForPasskey, canUsePasskeys, makePasskey, PasskeyRefusal, postPasskeyStep } from './passkey-steps.ts';
export { PasswordInput, type PasswordInputProps } from './password-input.tsx';
export { RequestInfo, useRequestInfo } from './request-info.tsx';
export { CodeField, SignInCodeForm } from './sign-in-code-form.tsx';
export { KeepSignedIn, SignInForm, type SignInFormProps } from './sign-in-form.tsx';
export { startPage } from './start-page.tsx';
export { ThemeChoice } from './theme-choice.tsx';
