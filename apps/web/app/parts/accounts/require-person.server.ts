import { redirect } from '@remix-run/node';
import type { Person } from '@repo/domain/accounts/schema';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { accountsFor } from '@repo/runtime';
import { withReturnPath } from './return-path.ts';

/** Whoever is signed in with an account; everybody else is sent to sign in (or up), and back here. */
export async function requirePerson(request: Request, entrance = '/sign-in'): Promise<Person> {
  const { user } = await accountsFor(request).sessionFor();
  if (user && pageRightsOf(user).useAccount) return user;
  throw redirect(withReturnPath(entrance, new URL(request.url).pathname));
}
