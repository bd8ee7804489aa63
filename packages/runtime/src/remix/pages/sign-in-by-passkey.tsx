import { useLocation } from '@remix-run/react';
import { Button } from '@repo/ui';
import { KeyRound } from 'lucide-react';
import { type MouseEvent, useEffect, useState } from 'react';
import { FormRefusal } from './form-refusal.tsx';
import { askForPasskey, canUsePasskeys, PasskeyRefusal, postPasskeyStep } from './passkey-steps.ts';

/** The way in without a password. Appears in browsers that know passkeys, with the scripts that make it work. */
export function SignInByPasskey() {
  const { search } = useLocation();
  const [isPossible, setPossible] = useState(false);
  const [isPending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  useEffect(() => setPossible(canUsePasskeys()), []);
  if (!isPossible) return null;

  const signIn = async (event: MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.form?.elements.namedItem('keepSignedIn');
    const keepSignedIn = box instanceof HTMLInputElement && box.checked;
    setRefusal(null);
    setPending(true);
    try {
      const passkey = await askForPasskey(await postPasskeyStep('/sign-in/passkey'));
      const { to } = await postPasskeyStep<{ to: string }>(`/sign-in/passkey${search}`, { passkey, keepSignedIn });
      window.location.assign(to);
    } catch (error) {
      setPending(false);
      if (!(error instanceof PasskeyRefusal)) throw error;
      setRefusal(error.message);
    }
  };
  return (
    <div className="grid gap-3">
      <FormRefusal message={refusal} />
      <Button variant="outline" size="lg" wide pending={isPending} pendingLabel="Signing in" onClick={signIn}>
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
    </div>
  );
}
