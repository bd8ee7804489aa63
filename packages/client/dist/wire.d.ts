import type { AppRouter } from './router.js';
import type { TRPCClient } from '@trpc/client';
/** What the parts of the client share. */
export type Wire = {
    api: TRPCClient<AppRouter>;
    /** The installation's address, without a path. */
    url: string;
    headers: Record<string, string>;
    fetch: typeof fetch;
    /** Resolves after so many milliseconds; rejects when `signal` fires. */
    pause(ms: number, signal?: AbortSignal): Promise<void>;
};
export declare function pause(ms: number, signal?: AbortSignal): Promise<void>;
