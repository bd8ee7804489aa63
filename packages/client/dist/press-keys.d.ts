import type { AppRouter } from './router.js';
import type { TRPCLink } from '@trpc/client';
/**
 * Gives every call that takes an idempotency key one, unless the caller did: a lost answer can then be asked for again
 * without anything being made or paid twice.
 */
export declare const pressKeyLink: (calls?: readonly string[]) => TRPCLink<AppRouter>;
