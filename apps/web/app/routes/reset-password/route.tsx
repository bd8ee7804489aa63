import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { ResetPasswordInput } from '@repo/domain/accounts/schema';
import { accountsFor, submit } from '@repo/runtime';
import { FormRefusal } from '@repo/runtime/pages';
import { Button, Notice } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';
import { NewPasswordField } from '#app/parts/accounts/new-password-field.tsx';
import { withReturnPath } from '#app/parts/accounts/return-path.ts';
import { TextLink } from '#app/parts/accounts/text-link.tsx';

export const meta: MetaFunction = () => [
  { title: 'Choose a new password · Remixify' },
  { name: 'robots', content: 'noindex' },
  // The link is a key: it must not travel on to other sites.
  { name: 'referrer', content: 'same-origin' },
];

export const loader = ({ request }: LoaderFunctionArgs) => ({
  token: new URL(request.url).searchParams.get('token') ?? '',
});

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, ResetPasswordInput, async (input) => {
    const { needsCode } = await accountsFor(request).resetPassword(input);
    const to = '/settings?done=reset';
    return redirect(needsCode ? withReturnPath('/sign-in', to) : to);
  });

export default function ResetPasswordPage() {
  const { token } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const isSending = useNavigation().formMethod === 'POST';
  const newLink = <TextLink to="/forgot-password">Ask for a new link</TextLink>;
  const brokenLink =
    rejection?.fields.token?.[0] ?? (token ? null : 'This link is not complete. Copy it whole from the mail.');
  return (
    <AccountPage
      title="Choose a new password"
      lead="You are signed in with it at once, and signed out everywhere else."
      below={<p>The link no longer works? {newLink}</p>}
    >
      {brokenLink && (
        <Notice tone="danger" live={Boolean(rejection)} className="mb-6" title={brokenLink}>
          {newLink}
        </Notice>
      )}
      <Form method="post" className="grid gap-5">
        <FormRefusal message={rejection?.message} />
        <input type="hidden" name="token" value={token} />
        <NewPasswordField name="newPassword" label="New password" error={rejection?.fields.newPassword?.[0]} />
        <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Saving">
          Save the new password
        </Button>
      </Form>
    </AccountPage>
  );
}
