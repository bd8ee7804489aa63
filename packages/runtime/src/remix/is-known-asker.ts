import { TRPCError } from '@trpc/server';
import { apiContextFor } from './request-session.ts';

/** Whether the key, token or cookie of a request to the API is that of somebody with an account. Reads no body. */
export async function isKnownAsker(request: Request): Promise<boolean> {
  try {
    const { actor } = await apiContextFor(request);
    return actor.kind === 'user' && !actor.isGuest;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'UNAUTHORIZED') return false;
    throw error;
  }
}
