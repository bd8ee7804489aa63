import type { AppRouter } from './router.js';
import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client';
export type RetryOptions = {
    /** Tries in all. */
    tries: number;
};
/** How long to wait before the next try, in milliseconds; null: there is none. */
export declare function pauseBefore(error: TRPCClientError<AppRouter>, op: Operation, tried: number, tries: number): number | null;
/** Tries safe calls again after failures that pass. */
export declare function retryLink({ tries }: RetryOptions): TRPCLink<AppRouter>;
