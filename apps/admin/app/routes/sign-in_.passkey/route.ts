import type { ActionFunctionArgs } from '@remix-run/node';
import { passkeyEntrance } from '@repo/runtime';

export const action = ({ request }: ActionFunctionArgs) => passkeyEntrance(request);
