import { Form, useNavigation } from '@remix-run/react';
import { Button, Checkbox, Field, Input } from '@repo/ui';
import type { ReactNode } from 'react';
import type { Rejection } from '../submit.ts';
import { FormRefusal } from './form-refusal.tsx';
import { PasswordInput } from './password-input.tsx';
import { SignInByPasskey } from './sign-in-by-passkey.tsx';

export type SignInFormProps = {
  rejection: Rejection | undefined;
  /** Beside the password's label: the way for people who forgot it. */
  forgot: ReactNode;
};

/** E-mail address and password. Posts to the page it stands on, return address and all. */
export function SignInForm({ rejection, forgot }: SignInFormProps) {
  const isSending = useNavigation().formMethod === 'POST';
  const fields = rejection?.fields ?? {};
  return (
    <Form method="post" className="grid gap-5">
      <FormRefusal message={rejection?.message} />
      <Field label="E-mail address" error={fields['email']?.[0]} required>
        <Input
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={rejection?.values['email']}
        />
      </Field>
      <div className="grid gap-2">
        <Field label="Password" error={fields['password']?.[0]} required>
          <PasswordInput name="password" autoComplete="current-password" maxLength={256} />
        </Field>
        <p className="text-[13px]">{forgot}</p>
      </div>
      <KeepSignedIn isTicked={rejection?.values['keepSignedIn'] === 'on'} />
      <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Signing in">
        Sign in
      </Button>
      <SignInByPasskey />
    </Form>
  );
}

export function KeepSignedIn({ isTicked }: { isTicked: boolean }) {
  return (
    <Checkbox
      name="keepSignedIn"
      defaultChecked={isTicked}
      label="Keep me signed in"
      hint="For 30 days on this device. Otherwise 8 hours after you last used it."
    />
  );
}
