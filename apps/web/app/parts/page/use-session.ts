import { useRouteLoaderData } from '@remix-run/react';
import type { PageSession } from '@repo/runtime';

/** Who looks at the page, from the root's own data; undefined where the root failed. */
export const useSession = (): PageSession | undefined => useRouteLoaderData('root') as PageSession | undefined;
