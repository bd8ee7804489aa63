import { Form, useNavigation } from '@remix-run/react';
import { Button, Field, Input } from '@repo/ui';
import type { Rejection } from '../submit.ts';
import { FormRefusal } from './form-refusal.tsx';

/** The second step of signing in. Posts to the page it stands on, return address and all. */
export function SignInCodeForm({ rejection }: { rejection: Rejection | undefined }) {
  const intent = useNavigation().formData?.get('intent');
  return (
    <div className="grid gap-5">
      <Form method="post" className="grid gap-5">
        <FormRefusal message={rejection?.message} />
        <CodeField error={rejection?.fields['code']?.[0]} hasFocus />
        <Button
          type="submit"
          name="intent"
          value="code"
          variant="primary"
          size="lg"
          wide
          pending={intent === 'code'}
          pendingLabel="Signing in"
        >
          Sign in
        </Button>
      </Form>
      <Form method="post">
        <Button type="submit" name="intent" value="start-over" wide pending={intent === 'start-over'}>
          Use another account
        </Button>
      </Form>
    </div>
  );
}

export type CodeFieldProps = {
  error: string | undefined;
  hasFocus?: boolean;
  /** The code that turns it on: there are no backup codes yet. */
  isFirst?: boolean;
};

/** Six digits of an app. A backup code has letters, so the box takes text and only its keyboard is one of digits. */
export function CodeField({ error, hasFocus = false, isFirst = false }: CodeFieldProps) {
  return (
    <Field
      label="Code"
      error={error}
      hint={`The six digits that your app shows now.${isFirst ? '' : ' Without your app, one of your backup codes.'}`}
      required
    >
      <Input
        name="code"
        autoComplete="one-time-code"
        inputMode="numeric"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={60}
        autoFocus={hasFocus}
      />
    </Field>
  );
}
