import { redirect } from '@remix-run/node';
import { apiFor } from '@repo/runtime';
import { requireMember } from '#app/parts/report/require-member.server.ts';

/** Leads to the first of somebody's brands, by name; answers only where there is none. */
export async function requireFirstBrand(request: Request): Promise<{ name: string }> {
  const person = await requireMember(request);
  const [first] = await (await apiFor(request)).brands.mine();
  if (first) throw redirect(`/brands/${first.slug}`);
  return { name: person.name };
}
