import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { MakeKeyInput } from '@repo/domain/keys/schema';
import { mayAs } from '@repo/domain/permissions/rules';
import { type AccountVerbs, accountsFor, apiFor, submit } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Container, EmptyState, Notice, PageHeader } from '@repo/ui';
import { KeyRound } from 'lucide-react';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { ShownNow } from '#app/parts/page/shown-now.tsx';
import { SettingsNav } from '#app/parts/settings/settings-nav.tsx';
import { Section } from '../settings/section.tsx';
import { FreshKeyNotice } from './fresh-key-notice.tsx';
import { KeyList } from './key-list.tsx';
import { KeysForm, makeInputOf } from './keys-form.ts';
import { MakeKeyForm } from './make-key-form.tsx';

export const meta: MetaFunction = () => [{ title: 'API keys · Remixify' }, { name: 'robots', content: 'noindex' }];

const DONE = { rename: 'The key has its new name.', revoke: 'The key is revoked. It opens nothing any more.' } as const;

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = accountsFor(request);
  const { emailVerified } = await requirePerson(request);
  const api = await apiFor(request);
  const [keys, brands] = await Promise.all([accounts.listKeys(), api.brands.mine()]);
  const managed = brands.filter(({ role }) => mayAs(role, 'manage_keys')).map(({ id, name }) => ({ id, name }));
  const done = new URL(request.url).searchParams.get('done') ?? '';
  return {
    emailVerified,
    brands: managed,
    keys,
    formKey: crypto.randomUUID(),
    now: new Date(),
    done: Object.hasOwn(DONE, done) ? (done as keyof typeof DONE) : null,
  };
}

export { reloadWhenGone as shouldRevalidate } from '#app/parts/page/reload-when-gone.ts';

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, KeysForm, async (form) => {
    const fresh = await carryOut(accountsFor(request), form);
    if (!fresh) throw redirect(`/settings/keys?done=${form.intent}`);
    // Not a redirect: an address cannot carry a secret, and nothing of ours keeps one.
    return data({ fresh }, { headers: { 'cache-control': 'no-store' } });
  });

async function carryOut(accounts: AccountVerbs, form: KeysForm): Promise<{ key: string; name: string } | null> {
  switch (form.intent) {
    case 'make': {
      const { key, view } = await accounts.makeKey(MakeKeyInput.parse(makeInputOf(form)));
      return { key, name: view.name };
    }
    case 'rotate': {
      const { key, view } = await accounts.rotateKey(form);
      return { key, name: view.name };
    }
    case 'rename':
      await accounts.renameKey(form);
      return null;
    case 'revoke':
      await accounts.revokeKey(form);
      return null;
  }
}

export default function KeysPage() {
  const { emailVerified, brands, keys, formKey, now, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const fresh = answer && 'fresh' in answer ? answer.fresh : null;
  const rejection = answer && 'values' in answer ? answer : null;
  const hasFailed = rejection?.values['intent'];
  // Your own are shown even when there are none; of brands, those that have some.
  const groups = [{ id: null, name: '' }, ...brands]
    .map(({ id, name }) => ({ id, name, theirs: keys.filter(({ brandId }) => brandId === id) }))
    .filter(({ id, theirs }) => id === null || theirs.length > 0);

  return (
    <Container width="text" className="grid gap-6 pb-10">
      <PageHeader
        title="API keys"
        description={
          <>
            A key lets a program do what you can do here, and no more than you allow it. How to use it stands on{' '}
            <a href="/api/docs" className="underline">
              the API’s page
            </a>
            .
          </>
        }
        className="pb-0"
      />
      <SettingsNav />
      {fresh && (
        <ShownNow of={fresh.key}>
          <FreshKeyNotice name={fresh.name} apiKey={fresh.key} />
        </ShownNow>
      )}
      {done && !answer && <Notice tone="success" live title={DONE[done]} />}
      {rejection && hasFailed !== 'make' && (
        <ShownNow of={rejection}>
          <FormRefusal message={rejection.message ?? rejection.fields['name']?.[0]} />
        </ShownNow>
      )}

      <Section
        id="make"
        title="Make a key"
        lead={`It is shown once. Keep it where you keep passwords.${brands.length > 0 ? ' A key of a brand goes on working when you leave it.' : ''}`}
      >
        {emailVerified ? (
          <MakeKeyForm
            key={fresh?.key ?? 'form'}
            brands={brands}
            formKey={formKey}
            rejection={hasFailed === 'make' ? rejection : null}
          />
        ) : (
          <p className="text-sm">
            Confirm your e-mail address first: keys are only for people whose address we know. The mail with the link
            can be sent again from{' '}
            <a href="/settings#email" className="underline">
              your account’s settings
            </a>
            .
          </p>
        )}
      </Section>

      {groups.map(({ id, name, theirs }) => (
        <Section key={id ?? 'mine'} id={`keys-${id ?? 'mine'}`} title={id ? `Keys of ${name}` : 'Your own keys'}>
          {theirs.length > 0 ? (
            <KeyList keys={theirs} formKey={formKey} now={now} />
          ) : (
            <EmptyState media={<KeyRound />} title="No keys yet" className="py-6">
              One that is made above is listed here.
            </EmptyState>
          )}
        </Section>
      ))}
    </Container>
  );
}
