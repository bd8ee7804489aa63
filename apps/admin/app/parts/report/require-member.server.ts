import { redirect } from '@remix-run/node';
import type { Person } from '@repo/domain/accounts/schema';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { accountsFor } from '@repo/runtime';

/** Whoever is signed in with an account; everybody else is sent to sign in, and back here. */
export async function requireMember(request: Request): Promise<Person> {
  const { user } = await accountsFor(request).sessionFor();
  if (user && pageRightsOf(user).useAccount) return user;
  const { pathname, search } = new URL(request.url);
  throw redirect(pathname === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(pathname + search)}`);
}
