import type { LoaderFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { apiFor, paramsOf } from '@repo/runtime';
import { z } from 'zod';

const Params = z.object({ remixId: z.uuid() });

/** Leads to the file itself, by an address that is good for a while only. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { remixId } = paramsOf(Params, params);
  const { url } = await (await apiFor(request)).remixes.download({ id: remixId });
  return redirect(url, { headers: { 'cache-control': 'no-store' } });
}
