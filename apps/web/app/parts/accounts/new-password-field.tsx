import { PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS } from '@repo/domain/accounts/rules';
import { PasswordInput } from '@repo/runtime/pages';
import { Field } from '@repo/ui';

export type NewPasswordFieldProps = { name: string; label: string; error: string | undefined };

export function NewPasswordField({ name, label, error }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      error={error}
      hint={`At least ${PASSWORD_MIN_CHARS} characters. A few unrelated words are easy to keep in mind and hard to guess.`}
      required
    >
      <PasswordInput
        name={name}
        autoComplete="new-password"
        minLength={PASSWORD_MIN_CHARS}
        maxLength={PASSWORD_MAX_CHARS * 2}
      />
    </Field>
  );
}
