import type { LoaderFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { pageRightsOf } from '@repo/domain/permissions/rules';
import { NoBrand } from '#app/parts/brand/no-brand.tsx';
import { requireFirstBrand } from '#app/parts/brand/require-first-brand.server.ts';
import { requireMember } from '#app/parts/report/require-member.server.ts';

/** Leads the staff to operations and others to the report of their first brand; stays only with people who have none. */
export async function loader({ request }: LoaderFunctionArgs) {
  const person = await requireMember(request);
  if (pageRightsOf(person).operate) throw redirect('/operations');
  return requireFirstBrand(request);
}

export default NoBrand;
