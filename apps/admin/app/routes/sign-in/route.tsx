import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { safeReturnPath } from '@repo/domain/accounts/rules';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { SignInForm } from '@repo/domain/second-factor/schema';
import { type AccountVerbs, accountsFor, type PageSession, submit } from '@repo/runtime';
import { SignInForm as PasswordForm, SignInCodeForm } from '@repo/runtime/pages';
import { Button, Card, Container, Notice } from '@repo/ui';

export const meta: MetaFunction = () => [
  { title: 'Sign in · Remixify for brands' },
  { name: 'robots', content: 'noindex' },
];

const signInPath = (to: string) => (to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`);
const returnPathOf = (address: string) => safeReturnPath(new URL(address).searchParams.get('to'));

export async function loader({ request }: LoaderFunctionArgs) {
  const accounts = accountsFor(request);
  const [{ user, lapsed }, isCodeAwaited] = await Promise.all([accounts.sessionFor(), accounts.isCodeAwaited()]);
  return {
    person: user && pageRightsOf(user).useAccount ? user : null,
    lapsed,
    isCodeAwaited,
    to: returnPathOf(request.url),
  };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SignInForm, async (form) => {
    const to = returnPathOf(request.url);
    const done = await carryOut(accountsFor(request), form);
    // Still here: the same address shows the next step, or the first one again.
    return redirect(done ? to : signInPath(to));
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
  const session = useRouteLoaderData<PageSession>('root');
  const rejection = useActionData<typeof action>();
  const appUrl = session?.appUrl ?? '';
  if (isCodeAwaited) {
    return (
      <Container width="form" className="grid gap-6 py-10 sm:py-16">
        <header className="grid gap-2">
          <h1 className="text-2xl font-semibold sm:text-3xl">Enter your code</h1>
          <p className="text-muted">The second step: your password was right.</p>
        </header>
        <Card padding="lg">
          <SignInCodeForm rejection={rejection} />
        </Card>
      </Container>
    );
  }
  const link = 'font-medium text-accent-text underline decoration-accent-text/40 underline-offset-4';
  return (
    <Container width="form" className="grid gap-6 py-10 sm:py-16">
      <header className="grid gap-2">
        <h1 className="text-2xl font-semibold sm:text-3xl">Sign in</h1>
        <p className="text-muted">With the account you use for Remixify.</p>
      </header>
      <Card padding="lg" className="grid gap-6">
        {person && (
          <Notice
            title={`You are signed in as ${person.name}.`}
            actions={
              <Button size="sm" asChild>
                <Link to={to}>Go on as {person.name}</Link>
              </Button>
            }
          >
            To use another account instead, fill in the form.
          </Notice>
        )}
        {lapsed && !rejection && <Notice title="Your session has ended">Sign in again to go on where you were.</Notice>}
        <PasswordForm
          rejection={rejection}
          forgot={
            <a href={`${appUrl}/forgot-password`} className={link}>
              Forgot your password?
            </a>
          }
        />
      </Card>
      <p className="text-sm text-muted">
        No account yet?{' '}
        <a href={`${appUrl}/sign-up`} className={link}>
          Sign up
        </a>
      </p>
    </Container>
  );
}
