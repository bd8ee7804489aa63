import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { VerifyEmailInput } from '@repo/domain/accounts/schema';
import { accountsFor, submit } from '@repo/runtime';
import { Button, Notice } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';
import { TextLink } from '#app/parts/accounts/text-link.tsx';

export const meta: MetaFunction = () => [
  { title: 'Confirm your address · Remixify' },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'same-origin' },
];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await accountsFor(request).sessionFor();
  return {
    token: new URL(request.url).searchParams.get('token') ?? '',
    isConfirmed: user?.emailVerified ?? false,
    isSignedIn: user !== null && !user.isGuest,
  };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, VerifyEmailInput, async (input) => {
    await accountsFor(request).verifyEmail(input);
    return { isDone: true as const };
  });

/** Confirms on a press and not on opening: mail filters open every link they see. */
export default function VerifyEmailPage() {
  const { token, isConfirmed, isSignedIn } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isSending = useNavigation().formMethod === 'POST';
  const isDone = (answer && 'isDone' in answer) || isConfirmed;
  const refusal = answer && 'fields' in answer ? (answer.fields['token']?.[0] ?? answer.message) : null;
  const onward = isSignedIn ? <TextLink to="/">Go to the feed</TextLink> : <TextLink to="/sign-in">Sign in</TextLink>;
  return (
    <AccountPage title="Confirm your address" lead={isDone ? null : 'One press, and it is known to be yours.'}>
      {isDone ? (
        <Notice tone="success" live title="Thank you: your address is confirmed.">
          {onward}
        </Notice>
      ) : (
        <Form method="post" className="grid gap-5">
          {refusal && (
            <Notice tone="danger" live title={refusal}>
              <TextLink to="/settings">Open the settings</TextLink>
            </Notice>
          )}
          <input type="hidden" name="token" value={token} />
          <Button type="submit" variant="primary" size="lg" wide pending={isSending} pendingLabel="Confirming">
            Confirm this address
          </Button>
        </Form>
      )}
    </AccountPage>
  );
}
