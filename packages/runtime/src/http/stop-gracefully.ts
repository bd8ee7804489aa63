import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export type StopOptions = {
  /** Aborted first: it ends event streams, which never end by themselves. */
  stopping: AbortController;
  /** Closes pools and the like, after the last request. */
  close: () => Promise<void>;
  /** Aborted at the very beginning: from then on we say "not ready", and answers close their connections. */
  draining?: AbortController;
  /** How long we go on serving like that, until whoever stands in front has noticed. */
  drainMs?: number;
  /** How long requests under way may take. */
  graceMs?: number;
};

const GRACE_MS = 10_000;

/** Takes no new requests, ends event streams, lets the others finish within the grace, then closes everything. */
export async function stopGracefully(
  server: Server,
  { stopping, close, draining, drainMs = 0, graceMs = GRACE_MS }: StopOptions,
): Promise<void> {
  draining?.abort();
  if (drainMs > 0) await wait(drainMs);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  stopping.abort();
  server.closeIdleConnections();
  // A connection that was busy a moment ago is idle now, and its client would keep it open.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
  await close();
}
