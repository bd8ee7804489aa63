import type { Server } from 'node:http';

export type StopOptions = {
  /** Aborted first: it ends event streams, which never end by themselves. */
  stopping: AbortController;
  /** Closes pools and the like, after the last request. */
  close: () => Promise<void>;
  /** How long requests under way may take. */
  graceMs?: number;
};

const GRACE_MS = 10_000;

/** Takes no new requests, ends event streams, lets the others finish within the grace, then closes everything. */
export async function stopGracefully(
  server: Server,
  { stopping, close, graceMs = GRACE_MS }: StopOptions,
): Promise<void> {
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
