import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { SecondFactorSetup } from '@repo/domain/second-factor/schema';
import { type AccountVerbs, accountsFor, submit } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Badge, Container, Notice, PageHeader } from '@repo/ui';
import { requirePerson } from '#app/parts/accounts/require-person.server.ts';
import { ShownNow } from '#app/parts/page/shown-now.tsx';
import { SettingsNav } from '#app/parts/settings/settings-nav.tsx';
import { Section } from '../settings/section.tsx';
import { BackupCodesNotice } from './backup-codes-notice.tsx';
import { PasswordForm } from './password-form.tsx';
import { type Intent, SecurityForm } from './security-form.ts';
import { SetupPanel } from './setup-panel.tsx';

export const meta: MetaFunction = () => [
  { title: 'Two-step sign-in · Remixify' },
  { name: 'robots', content: 'noindex' },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = accountsFor(request);
  const { email } = await requirePerson(request);
  const isOff = new URL(request.url).searchParams.get('done') === 'off';
  return { email, isOff, ...(await accounts.readSecondFactor()) };
}

export { reloadWhenGone as shouldRevalidate } from '#app/parts/page/reload-when-gone.ts';

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SecurityForm, async (form) => {
    const shown = await carryOut(accountsFor(request), form);
    if (!shown) throw redirect('/settings/security?done=off');
    // Not a redirect: an address cannot carry a secret, and nothing of ours keeps one that can be read.
    return data(shown, { headers: { 'cache-control': 'no-store' } });
  });

type Shown = { setup: SecondFactorSetup } | { codes: string[]; isNew: boolean };

async function carryOut(accounts: AccountVerbs, form: SecurityForm): Promise<Shown | null> {
  switch (form.intent) {
    case 'begin': {
      const { secret, uri, picture } = await accounts.beginSecondFactor(form);
      return { setup: { secret, uri, picture } };
    }
    case 'confirm':
      return { codes: (await accounts.confirmSecondFactor(form)).codes, isNew: true };
    case 'new-codes':
      return { codes: (await accounts.newBackupCodes(form)).codes, isNew: false };
    case 'off':
      await accounts.disableSecondFactor(form);
      return null;
  }
}

export default function SecurityPage() {
  const { email, state, backupCodesLeft, isOff } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const setup = answer && 'setup' in answer ? answer.setup : null;
  const fresh = answer && 'codes' in answer ? answer : null;
  const rejection = answer && 'values' in answer ? answer : null;
  const refused = rejection?.values['intent'];
  const rejectionOf = (intent: Intent) => (refused === intent ? rejection : null);
  const isShown = {
    begin: state !== 'on',
    confirm: state === 'started',
    'new-codes': state === 'on',
    off: state === 'on',
  };
  // What was said of a form that is not here any more.
  const isLost = rejection && !(refused && isShown[refused as Intent]);

  return (
    <Container width="text" className="grid gap-6 pb-10">
      <PageHeader
        title="Two-step sign-in"
        description="Whoever knows your password then also needs a code that your phone shows."
        className="pb-0"
      />
      <SettingsNav />
      {fresh && (
        <ShownNow of={fresh}>
          <BackupCodesNotice
            codes={fresh.codes}
            title={
              fresh.isNew
                ? 'Two-step sign-in is on. You are signed out everywhere else.'
                : 'Here are new ones. The old codes are void.'
            }
          />
        </ShownNow>
      )}
      {isOff && state === 'off' && !answer && <Notice tone="success" live title="Two-step sign-in is off." />}
      {isLost && (
        <ShownNow of={rejection}>
          <FormRefusal message={rejection.message} />
        </ShownNow>
      )}

      {state === 'started' && (
        <Section
          id="confirm"
          title="Enter the first code"
          lead={setup ? null : 'Your app has the secret already? Enter the code that it shows now.'}
        >
          <SetupPanel setup={setup} rejection={rejectionOf('confirm')} />
        </Section>
      )}
      {state === 'off' && (
        <Section id="begin" title="Turn it on" lead="You need an app that shows codes. It works without a network.">
          <p className="flex items-center gap-2 text-sm">
            Now: <Badge>Off</Badge>
          </p>
          <PasswordForm intent="begin" label="Begin" variant="primary" email={email} rejection={rejectionOf('begin')} />
        </Section>
      )}
      {state === 'started' && !setup && (
        <Section id="begin" title="Begin again" lead="With a new secret. The one that was shown then counts no more.">
          <PasswordForm intent="begin" label="Show a new secret" email={email} rejection={rejectionOf('begin')} />
        </Section>
      )}
      {state === 'on' && (
        <>
          <Section id="codes" title="Backup codes" lead="New ones replace all that are left.">
            <p className="flex flex-wrap items-center gap-2 text-sm">
              Two-step sign-in: <Badge tone="success">On</Badge>
              <Badge tone={backupCodesLeft > 2 ? 'neutral' : 'warning'}>
                {backupCodesLeft} of 10 backup codes left
              </Badge>
            </p>
            <PasswordForm
              key={fresh?.codes[0] ?? 'codes'}
              intent="new-codes"
              label="Make new backup codes"
              email={email}
              withCode
              rejection={rejectionOf('new-codes')}
            />
          </Section>
          <Section id="off" title="Turn it off" lead="Your password alone then opens your account.">
            <PasswordForm
              intent="off"
              label="Turn it off"
              variant="danger"
              email={email}
              withCode
              rejection={rejectionOf('off')}
            />
          </Section>
        </>
      )}
    </Container>
  );
}
