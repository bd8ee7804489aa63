import { apiFor, paramsOf } from '@repo/runtime';
import { z } from 'zod';
import { requireMember } from '#app/parts/report/require-member.server.ts';

const Params = z.object({ slug: z.string().min(1).max(100) });

/** The brand an address names, for its members. The same 404 for a brand of others and for none at all. */
export async function loadBrand(request: Request, params: unknown) {
  const { slug } = paramsOf(Params, params);
  await requireMember(request);
  const api = await apiFor(request);
  const brands = await api.brands.mine();
  const brand = brands.find((one) => one.slug === slug);
  if (!brand) throw new Response('There is no such brand among yours.', { status: 404 });
  return { api, brands, brand };
}
