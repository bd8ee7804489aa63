import { useNavigation, useSubmit } from '@remix-run/react';
import { PASSKEY_NAME_MAX_CHARS } from '@repo/domain/passkeys/rules';
import {
  canUsePasskeys,
  FormRefusal,
  makePasskey,
  PasskeyRefusal,
  PasswordInput,
  postPasskeyStep,
} from '@repo/runtime/pages';
import { Button, Field, Input } from '@repo/ui';
import { type FormEvent, useEffect, useState } from 'react';

export type AddPasskeyFormProps = { asksForPassword: boolean; refusal: string | null };

/** Only a script can make a passkey: until it is known that one can, the page says so. */
export function AddPasskeyForm({ asksForPassword, refusal }: AddPasskeyFormProps) {
  const [can, setCan] = useState<boolean | null>(null);
  const [isMaking, setMaking] = useState(false);
  const [stopped, setStopped] = useState<string | null>(null);
  const isSending = useNavigation().formData?.get('intent') === 'add';
  const submit = useSubmit();
  useEffect(() => setCan(canUsePasskeys()), []);

  if (can === null) {
    return (
      <noscript>
        <p className="text-sm">Adding a passkey needs scripts, and they are switched off here.</p>
      </noscript>
    );
  }
  if (!can) {
    return (
      <p className="text-sm">
        This browser cannot make passkeys here. Use one that can, such as a current Chrome, Edge, Firefox or Safari, and
        open the site by HTTPS.
      </p>
    );
  }

  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, password] = [String(form.get('name') ?? ''), form.get('password')];
    setStopped(null);
    setMaking(true);
    try {
      const asked = password ? { password: String(password) } : {};
      const passkey = await makePasskey(await postPasskeyStep('/settings/passkeys/options', asked));
      submit({ intent: 'add', name, passkey: JSON.stringify(passkey) }, { method: 'post' });
    } catch (error) {
      if (!(error instanceof PasskeyRefusal)) throw error;
      setStopped(error.message);
    } finally {
      setMaking(false);
    }
  };
  return (
    <form className="grid gap-4" onSubmit={add}>
      <FormRefusal message={stopped ?? refusal} />
      <Field label="Name" hint="Where it is kept, such as “Laptop”." required>
        <Input name="name" autoComplete="off" required maxLength={PASSKEY_NAME_MAX_CHARS} />
      </Field>
      {asksForPassword && (
        <Field label="Your password" hint="You signed in more than ten minutes ago." required>
          <PasswordInput name="password" autoComplete="current-password" maxLength={256} required />
        </Field>
      )}
      <Button type="submit" variant="primary" className="justify-self-start" pending={isMaking || isSending}>
        Add a passkey
      </Button>
    </form>
  );
}
