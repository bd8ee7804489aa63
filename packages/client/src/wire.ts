import type { AppRouter } from '@repo/api';
import type { TRPCClient } from '@trpc/client';

/** What the parts of the client share. */
export type Wire = {
  api: TRPCClient<AppRouter>;
  /** The installation's address, without a path. */
  url: string;
  fetch: typeof fetch;
  /** Resolves after so many milliseconds; rejects when `signal` fires. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
};

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
