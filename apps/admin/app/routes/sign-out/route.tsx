import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { accountsFor } from '@repo/runtime';

export async function action({ request }: ActionFunctionArgs) {
  await accountsFor(request).signOut();
  return redirect('/sign-in');
}

/** Somebody who reloads after signing out lands here. */
export const loader = () => redirect('/');
