import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { SignInForm } from '@repo/domain/second-factor/schema';
import { type AccountVerbs, accountsFor, submit } from '@repo/runtime';
import { SignInForm as PasswordForm, SignInCodeForm } from '@repo/runtime/pages';
import { Notice } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';
import { returnPathOf, withReturnPath } from '#app/parts/accounts/return-path.ts';
import { SignedInAlready } from '#app/parts/accounts/signed-in-already.tsx';
import { TextLink } from '#app/parts/accounts/text-link.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = accountsFor(request);
  const [{ user, lapsed }, isCodeAwaited] = await Promise.all([accounts.sessionFor(), accounts.isCodeAwaited()]);
  return { person: user, lapsed, isCodeAwaited, to: returnPathOf(request.url) };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SignInForm, async (form) => {
    const to = returnPathOf(request.url);
    const done = await carryOut(accountsFor(request), form);
    // Still here: the same address shows the next step, or the first one again.
    return redirect(done ? to : withReturnPath('/sign-in', to));
  });

/** True once somebody is signed in. */
async function carryOut(accounts: AccountVerbs, form: SignInForm): Promise<boolean> {
  switch (form.intent) {
    case 'password':
      return !(await accounts.signIn(form)).needsCode;
    case 'code':
      await accounts.finishSignIn(form);
      return true;
    case 'start-over':
      await accounts.dropSignIn();
      return false;
  }
}

export default function SignInPage() {
  const { person, lapsed, isCodeAwaited, to } = useLoaderData<typeof loader>();
  const rejection = useActionData<typeof action>();
  const isGuest = person?.isGuest ?? false;
  if (isCodeAwaited) {
    return (
      <AccountPage title="Enter your code" lead="The second step: your password was right.">
        <SignInCodeForm rejection={rejection} />
      </AccountPage>
    );
  }
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
      <PasswordForm
        rejection={rejection}
        forgot={<TextLink to={withReturnPath('/forgot-password', to)}>Forgot your password?</TextLink>}
      />
    </AccountPage>
  );
}
