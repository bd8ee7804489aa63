import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { accountsFor } from '@repo/runtime';
import { Button } from '@repo/ui';
import { AccountPage } from '#app/parts/accounts/account-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign out · Remixify' }, { name: 'robots', content: 'noindex' }];

export async function action({ request }: ActionFunctionArgs) {
  await accountsFor(request).signOut();
  return redirect('/');
}

/** For people who come by a link: only a press signs out. */
export default function SignOutPage() {
  return (
    <AccountPage title="Sign out" lead="You can sign in again at any time.">
      <Form method="post">
        <Button type="submit" variant="primary" size="lg" wide>
          Sign out
        </Button>
      </Form>
    </AccountPage>
  );
}
