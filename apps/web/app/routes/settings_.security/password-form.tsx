import { Form, useNavigation } from '@remix-run/react';
import type { Rejection } from '@repo/runtime';
import { CodeField, FormRefusal, PasswordInput } from '@repo/runtime/pages';
import { Button, type ButtonProps, Field } from '@repo/ui';
import type { Intent } from './security-form.ts';

export type PasswordFormProps = {
  intent: Intent;
  label: string;
  email: string;
  /** Asks for a code as well. */
  withCode?: boolean;
  variant?: ButtonProps['variant'];
  rejection: Rejection | null;
};

/** What changes how somebody signs in asks for the password again. */
export function PasswordForm({ intent, label, email, withCode = false, variant, rejection }: PasswordFormProps) {
  const isSending = useNavigation().formData?.get('intent') === intent;
  return (
    <Form method="post" className="grid gap-4">
      <FormRefusal message={rejection?.message} />
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your password" error={rejection?.fields['password']?.[0]} required>
        <PasswordInput name="password" autoComplete="current-password" maxLength={256} />
      </Field>
      {withCode && <CodeField error={rejection?.fields['code']?.[0]} />}
      <Button
        type="submit"
        name="intent"
        value={intent}
        variant={variant}
        className="justify-self-start"
        pending={isSending}
      >
        {label}
      </Button>
    </Form>
  );
}
