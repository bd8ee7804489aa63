import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { PERSON_NAME_MAX_CHARS } from '@repo/domain/accounts/rules';
import { type AccountVerbs, accountsFor, submit } from '@repo/runtime';
import { FormRefusal, PasswordInput } from '@repo/runtime/pages';
import { Badge, Button, Container, Field, Input, Notice, PageHeader } from '@repo/ui';
import { useEffect, useRef } from 'react';
import { MailPlace } from '#app/parts/accounts/mail-place.tsx';
import { NewPasswordField } from '#app/parts/accounts/new-password-field.tsx';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { SettingsNav } from '#app/parts/settings/settings-nav.tsx';
import { Section } from './section.tsx';
import { type Intent, SettingsForm } from './settings-form.ts';
import { SignedInPlaces } from './signed-in-places.tsx';

export const meta: MetaFunction = () => [{ title: 'Settings · Remixify' }, { name: 'robots', content: 'noindex' }];

/** What has just been done, by `?done=`. */
const DONE = {
  name: 'Your name is changed.',
  password: 'Your password is changed, and you are signed out everywhere else.',
  reset: 'Your new password is saved, and you are signed in with it.',
  revoke: 'That place is signed out.',
  'revoke-others': 'You are signed out everywhere else.',
  resend: 'A new mail is on its way.',
} satisfies Record<Intent | 'reset', string>;

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = accountsFor(request);
  const person = await requirePerson(request);
  const [places, mailPlace] = await Promise.all([accounts.listSessions(), accounts.mailPlace()]);
  const done = new URL(request.url).searchParams.get('done') ?? '';
  return { person, places, mailPlace, done: Object.hasOwn(DONE, done) ? (done as keyof typeof DONE) : null };
}

export { reloadWhenGone as shouldRevalidate } from '#app/parts/page/reload-when-gone.ts';

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SettingsForm, async (form) => {
    await carryOut(accountsFor(request), form);
    return redirect(`/settings?done=${form.intent}`);
  });

function carryOut(accounts: AccountVerbs, form: SettingsForm): Promise<unknown> {
  switch (form.intent) {
    case 'name':
      return accounts.changeName(form);
    case 'password':
      return accounts.changePassword(form);
    case 'revoke':
      return accounts.revokeSession(form);
    case 'revoke-others':
      return accounts.revokeOtherSessions();
    case 'resend':
      return accounts.resendVerification();
  }
}

export default function SettingsPage() {
  const { person, places, mailPlace, done } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const navigation = useNavigation();
  const isSending = (intent: Intent) => navigation.formData?.get('intent') === intent;
  const failed = rejection?.values['intent'];
  const refusalOf = (intent: Intent) => (failed === intent ? rejection?.message : null);
  const fields: Record<string, string[] | undefined> = rejection?.fields ?? {};

  // A changed password must not stay in the boxes it was typed into.
  const passwords = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (done === 'password') passwords.current?.reset();
  }, [done]);

  return (
    <Container width="text" className="grid gap-6 pb-10">
      <PageHeader title="Settings" className="pb-0" />
      <SettingsNav />
      {done && !rejection && (
        <Notice tone="success" live title={DONE[done]}>
          {done === 'resend' && <MailPlace place={mailPlace} />}
        </Notice>
      )}
      {(!failed || failed === 'reset' || !Object.hasOwn(DONE, failed)) && <FormRefusal message={rejection?.message} />}

      <Section id="name" title="Your name" lead="Shown beside what you publish.">
        <Form method="post" className="grid gap-4">
          <FormRefusal message={refusalOf('name')} />
          <Field label="Name" hideLabel error={fields['name']?.[0]} required>
            <Input
              key={person.name}
              name="name"
              autoComplete="name"
              maxLength={PERSON_NAME_MAX_CHARS * 2}
              defaultValue={(failed === 'name' && rejection?.values['name']) || person.name}
            />
          </Field>
          <Button type="submit" name="intent" value="name" className="justify-self-start" pending={isSending('name')}>
            Save the name
          </Button>
        </Form>
      </Section>

      <Section id="email" title="Your e-mail address">
        <FormRefusal message={refusalOf('resend')} />
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <span className="min-w-0 break-words">{person.email}</span>
          {person.emailVerified ? <Badge tone="success">Confirmed</Badge> : <Badge tone="warning">Not confirmed</Badge>}
        </p>
        {!person.emailVerified && (
          <Form method="post" className="grid gap-3 text-sm">
            <p className="text-muted">
              Follow the link in the mail we sent you. Until then you can remix, but not publish for a brand.
            </p>
            <Button
              type="submit"
              name="intent"
              value="resend"
              className="justify-self-start"
              pending={isSending('resend')}
            >
              Send the mail again
            </Button>
          </Form>
        )}
      </Section>

      <Section id="password" title="Change your password" lead="This signs you out everywhere else.">
        <Form method="post" className="grid gap-4" ref={passwords}>
          <FormRefusal message={refusalOf('password')} />
          {/* Tells password managers whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={person.email} readOnly hidden />
          <Field label="Current password" error={fields['currentPassword']?.[0]} required>
            <PasswordInput name="currentPassword" autoComplete="current-password" maxLength={256} />
          </Field>
          <NewPasswordField name="newPassword" label="New password" error={fields['newPassword']?.[0]} />
          <Button
            type="submit"
            name="intent"
            value="password"
            className="justify-self-start"
            pending={isSending('password')}
          >
            Change the password
          </Button>
        </Form>
      </Section>

      <Section
        id="places"
        title="Where you are signed in"
        lead="Do not know one of these? Sign it out and change your password."
      >
        <FormRefusal message={refusalOf('revoke') ?? refusalOf('revoke-others')} />
        <SignedInPlaces places={places} />
      </Section>
    </Container>
  );
}
