import type { AppRouter } from '@repo/api';
import type { TRPCLink } from '@trpc/client';

/** The calls whose input names one press; filled in by the build from the router itself. */
declare const __PRESSED_CALLS__: readonly string[];

/**
 * Gives every call that takes an idempotency key one, unless the caller did: a lost answer can then be asked for again
 * without anything being made or paid twice.
 */
export const pressKeyLink =
  (calls: readonly string[] = __PRESSED_CALLS__): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) => {
    const input = (op.input ?? {}) as Record<string, unknown>;
    const isPress = op.type === 'mutation' && calls.includes(op.path) && !input['idempotencyKey'];
    return next(isPress ? { ...op, input: { ...input, idempotencyKey: crypto.randomUUID() } } : op);
  };
