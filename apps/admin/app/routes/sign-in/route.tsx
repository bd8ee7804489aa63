import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import { safeReturnPath } from '@repo/domain/accounts/rules';
import { SignInInput } from '@repo/domain/accounts/schema';
import { accountsFor, type PageSession, submit } from '@repo/runtime';
import { SignInForm } from '@repo/runtime/pages';
import { Button, Card, Container, Notice } from '@repo/ui';

export const meta: MetaFunction = () => [
  { title: 'Sign in · Remixify for brands' },
  { name: 'robots', content: 'noindex' },
];

const returnPathOf = (address: string) => safeReturnPath(new URL(address).searchParams.get('to'));

export async function loader({ request }: LoaderFunctionArgs) {
  const { user, lapsed } = await accountsFor(request).sessionFor();
  return { person: user && !user.isGuest ? user : null, lapsed, to: returnPathOf(request.url) };
}

export const action = ({ request }: ActionFunctionArgs) =>
  submit(request, SignInInput, async (input) => {
    await accountsFor(request).signIn(input);
    return redirect(returnPathOf(request.url));
  });

export default function SignInPage() {
  const { person, lapsed, to } = useLoaderData<typeof loader>();
  const session = useRouteLoaderData<PageSession>('root');
  const rejection = useActionData<typeof action>();
  const appUrl = session?.appUrl ?? '';
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
        <SignInForm
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
