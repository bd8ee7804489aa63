import type { Person } from '@repo/domain/accounts/schema';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { requireMember } from '#app/parts/report/require-member.server.ts';

/** Whoever is signed in and of the staff; others are told that this is not theirs, visitors are sent to sign in. */
export async function requireStaff(request: Request): Promise<Person> {
  const person = await requireMember(request);
  if (!pageRightsOf(person).operate)
    throw new Response('Only the staff of Remixify may open this page.', { status: 403 });
  return person;
}
