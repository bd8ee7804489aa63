import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { type AccountVerbs, accountsFor, submit } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Container, EmptyState, Notice, PageHeader } from '@repo/ui';
import { Fingerprint } from 'lucide-react';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { ShownNow } from '#app/parts/page/shown-now.tsx';
import { SettingsNav } from '#app/parts/settings/settings-nav.tsx';
import { Section } from '../settings/section.tsx';
import { AddPasskeyForm } from './add-passkey-form.tsx';
import { PasskeyList } from './passkey-list.tsx';
import { PasskeysForm } from './passkeys-form.ts';

export const meta: MetaFunction = () => [{ title: 'Passkeys · Remixify' }, { name: 'robots', content: 'noindex' }];

const DONE = {
  add: 'The passkey is added. You can sign in with it from now on.',
  rename: 'The passkey has its new name.',
  remove: 'The passkey is removed. It signs nobody in any more.',
} as const;

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = accountsFor(request);
  await requirePerson(request);
  const { passkeys, asksForPassword } = await accounts.listPasskeys();
  const done = new URL(request.url).searchParams.get('done') ?? '';
  return { passkeys, asksForPassword, done: Object.hasOwn(DONE, done) ? (done as keyof typeof DONE) : null };
}

export { reloadWhenGone as shouldRevalidate } from '#app/parts/page/reload-when-gone.ts';

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, PasskeysForm, async (form) => {
    await carryOut(accountsFor(request), form);
    return redirect(`/settings/passkeys?done=${form.intent}`);
  });

function carryOut(accounts: AccountVerbs, form: PasskeysForm): Promise<unknown> {
  switch (form.intent) {
    case 'add':
      return accounts.addPasskey({ name: form.name, passkey: form.passkey });
    case 'rename':
      return accounts.renamePasskey({ passkeyId: form.passkeyId, name: form.name });
    case 'remove':
      return accounts.removePasskey({ passkeyId: form.passkeyId });
  }
}

export default function PasskeysPage() {
  const { passkeys, asksForPassword, done } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const fields: Record<string, string[] | undefined> = rejection?.fields ?? {};
  const refusal = rejection ? (rejection.message ?? Object.values(fields)[0]?.[0] ?? null) : null;
  const isAboutAdding = rejection?.values['intent'] === 'add';
  return (
    <Container width="text" className="grid gap-6 pb-10">
      <PageHeader
        title="Passkeys"
        description="Sign in with your finger, your face or a PIN instead of your password. What we keep of it is of no use to a thief."
        className="pb-0"
      />
      <SettingsNav />
      {done && !rejection && <Notice tone="success" live title={DONE[done]} />}
      {rejection && !isAboutAdding && (
        <ShownNow of={rejection}>
          <FormRefusal message={refusal} />
        </ShownNow>
      )}
      <Section
        id="add"
        title="Add a passkey"
        lead="Your password goes on working. Add a passkey on each device that does not share them with another."
      >
        <AddPasskeyForm
          key={passkeys.length}
          asksForPassword={asksForPassword}
          refusal={isAboutAdding ? refusal : null}
        />
      </Section>
      <Section id="passkeys" title="Your passkeys">
        {passkeys.length > 0 ? (
          <PasskeyList passkeys={passkeys} />
        ) : (
          <EmptyState media={<Fingerprint />} title="No passkeys yet" className="py-6">
            One that is added above is listed here.
          </EmptyState>
        )}
      </Section>
    </Container>
  );
}
