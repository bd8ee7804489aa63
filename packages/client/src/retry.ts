import type { AppRouter } from '@repo/api';
import type { Operation, TRPCClientError, TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';

/** Answers after which the same request may succeed: nothing arrived, too many, or something is away for a moment. */
const PASSING = new Set([408, 425, 429, 502, 503, 504]);
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** A server that asks for more patience than this is told to the caller instead. */
const LONGEST_ASKED_MS = 60_000;

export type RetryOptions = {
  /** Tries in all. */
  tries: number;
};

/** True where sending once more cannot do anything twice: a read, or a write that names its press. */
function isSafe({ type, input }: Operation): boolean {
  if (type === 'query') return true;
  return type === 'mutation' && typeof input === 'object' && input !== null && 'idempotencyKey' in input;
}

/** How long to wait before the next try, in milliseconds; null: there is none. */
export function pauseBefore(
  error: TRPCClientError<AppRouter>,
  op: Operation,
  tried: number,
  tries: number,
): number | null {
  if (!isSafe(op) || tried >= tries || op.signal?.aborted) return null;
  const response = error.meta?.['response'] as Response | undefined;
  const status = response?.status ?? error.data?.httpStatus ?? null;
  if (status !== null && !PASSING.has(status)) return null;
  const asked = Number(response?.headers?.get('retry-after') ?? Number.NaN) * 1_000;
  // A quota that is used up is a 429 too, and no waiting of a minute mends it.
  if (Number.isFinite(asked)) return asked > LONGEST_ASKED_MS ? null : asked;
  if (status === 429 && error.data?.['domain']) return null;
  const grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tried - 1));
  return grown * (0.5 + Math.random() / 2);
}

/** Tries safe calls again after failures that pass. */
export function retryLink({ tries }: RetryOptions): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        let inner: { unsubscribe(): void } | undefined;
        const attempt = (tried: number) => {
          inner = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error(error) {
              const pause = pauseBefore(error, op, tried, tries);
              if (pause === null) observer.error(error);
              else timer = setTimeout(() => attempt(tried + 1), pause);
            },
          });
        };
        attempt(1);
        return () => {
          clearTimeout(timer);
          inner?.unsubscribe();
        };
      });
}
