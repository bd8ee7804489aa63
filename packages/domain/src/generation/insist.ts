import { setTimeout as wait } from 'node:timers/promises';
import { sqlStateOf } from '@repo/db';

const TRIES_FOR_MS = 60_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;

/** What the system says of networks and disks that may be back in a moment; not of files that are missing. */
const PASSING = new Set(
  'ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EAI_AGAIN ENOTFOUND EHOSTUNREACH ENETUNREACH ENETDOWN ENOSPC EIO EBUSY EMFILE ENFILE'.split(
    ' ',
  ),
);

/**
 * Does what must not fail because a database or a store was away for a moment: what a vendor made and was paid for.
 * Tries again for a minute; an error that is no outage, or that `isOver` calls final, is thrown at once. `work` must
 * be safe to repeat.
 */
export async function insist<T>(work: () => Promise<T>, isOver: () => boolean = () => false): Promise<T> {
  const until = Date.now() + TRIES_FOR_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || isOver() || Date.now() + pause > until) throw error;
      await wait(pause);
    }
  }
}

/** True for what passes: connections that broke, servers that start or stop, deadlocks. */
export function isOutage(error: unknown): boolean {
  const state = sqlStateOf(error);
  if (state) return /^(08|40|53|57|25P03)/.test(state);
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const { code, name } = at as Error & { code?: unknown };
    if (typeof code === 'string' && (PASSING.has(code) || /^(CONNECTION_|CONNECT_|UND_ERR_)/.test(code))) return true;
    if (name === 'TimeoutError' || name === 'StorageUnavailableError') return true;
    at = at.cause;
  }
  return false;
}
