import { Form, useNavigation } from '@remix-run/react';
import type { SecondFactorSetup } from '@repo/domain/second-factor/schema';
import type { Rejection } from '@repo/runtime';
import { CodeField, FormRefusal } from '@repo/runtime/pages';
import { Button, CopyButton, Field, Input } from '@repo/ui';
import { ShownNow } from '#app/parts/page/shown-now.tsx';

export type SetupPanelProps = {
  /** Null after a wrong code: the secret was shown, and is not shown again. */
  setup: SecondFactorSetup | null;
  rejection: Rejection | null;
};

/** Gives an app its secret, and asks for its first code. */
export function SetupPanel({ setup, rejection }: SetupPanelProps) {
  const isSending = useNavigation().formData?.get('intent') === 'confirm';
  return (
    <div className="grid gap-5">
      {setup && (
        <ShownNow of={setup}>
          <Secret {...setup} />
        </ShownNow>
      )}
      <Form method="post" className="grid gap-4">
        <FormRefusal message={rejection?.message} />
        <CodeField error={rejection?.fields['code']?.[0]} isFirst />
        <Button
          type="submit"
          name="intent"
          value="confirm"
          variant="primary"
          className="justify-self-start"
          pending={isSending}
        >
          Turn it on
        </Button>
      </Form>
    </div>
  );
}

function Secret({ secret, uri, picture }: SecondFactorSetup) {
  return (
    <div className="grid gap-4">
      <p className="text-sm">
        Scan this with an app for codes, such as Google Authenticator, Aegis or 1Password. On this device,{' '}
        <a href={uri} className="underline">
          open it in your app
        </a>
        .
      </p>
      <img
        src={picture}
        width={200}
        height={200}
        alt="A QR code with the secret that stands below as text"
        className="size-50 rounded-lg border border-line bg-white"
      />
      <Field label="Or type this secret">
        <Input
          readOnly
          value={secret.match(/.{1,4}/g)!.join(' ')}
          className="font-mono text-[13px]"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <CopyButton value={secret} label="Copy the secret" className="justify-self-start" />
    </div>
  );
}
