import type { ActionFunctionArgs } from '@remix-run/node';
import { passkeyOptionsFor } from '@repo/runtime';

export const action = ({ request }: ActionFunctionArgs) => passkeyOptionsFor(request);
