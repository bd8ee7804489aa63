import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { keepTheme } from '@repo/runtime';

export const action = ({ request }: ActionFunctionArgs) => keepTheme(request);

/** Somebody who reloads after choosing without scripts lands here. */
export const loader = () => redirect('/');
