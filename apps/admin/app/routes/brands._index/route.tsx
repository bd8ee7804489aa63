import type { LoaderFunctionArgs } from '@remix-run/node';
import { NoBrand } from '#app/parts/brand/no-brand.tsx';
import { requireFirstBrand } from '#app/parts/brand/require-first-brand.server.ts';

/** Leads to the report of the first brand; stays only with people who have none. */
export const loader = ({ request }: LoaderFunctionArgs) => requireFirstBrand(request);

export default NoBrand;
