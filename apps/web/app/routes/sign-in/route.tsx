import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { SignInInput } from '@repo/domain/accounts/schema';
import { accountsFor, submit } from '@repo/runtime';
import { SignInForm } from '@repo/runtime/pages';
import { Notice } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';
import { returnPathOf, withReturnPath } from '#app/parts/accounts/return-path.ts';
import { SignedInAlready } from '#app/parts/accounts/signed-in-already.tsx';
import { TextLink } from '#app/parts/accounts/text-link.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { user, lapsed } = await accountsFor(request).sessionFor();
  return { person: user, lapsed, to: returnPathOf(request.url) };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SignInInput, async (input) => {
    await accountsFor(request).signIn(input);
    return redirect(returnPathOf(request.url));
  });

export default function SignInPage() {
  const { person, lapsed, to } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const isGuest = person?.isGuest ?? false;
  return (
    <AccountPage
      title="Sign in"
      lead={isGuest ? 'What you made as a guest comes along.' : null}
      below={
        <p>
          No account yet? <TextLink to={withReturnPath('/sign-up', to)}>Sign up</TextLink>
        </p>
      }
    >
      {person && !isGuest && <SignedInAlready person={person} to={to} />}
      {lapsed && !rejection && (
        <Notice className="mb-6" title="Your session has ended">
          Sign in again to go on where you were.
        </Notice>
      )}
      <SignInForm
        rejection={rejection}
        forgot={<TextLink to={withReturnPath('/forgot-password', to)}>Forgot your password?</TextLink>}
      />
    </AccountPage>
  );
}
