import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { RequestHandler, Response } from 'express';

export type LoadLimits = {
  /** Requests under way at once, event streams apart. */
  atOnce: number;
  /** Requests under way on one connection: more is no browser's way of asking. */
  perConnection: number;
  /** Of the memory that this process may have. */
  memoryShare: number;
  /** How late the process gets to what is due, on average over a second. */
  lagMs: number;
};

const LIMITS: LoadLimits = { atOnce: 1_000, perConnection: 32, memoryShare: 0.92, lagMs: 1_500 };
const LOOK_EVERY_MS = 1_000;
const NS_PER_MS = 1e6;

/**
 * Turns requests away (503, come back) before the process drowns in them: what it has begun it can finish, and whoever
 * restarts what does not answer has no reason to. Answers about health stand before it.
 */
export function shedLoad(limits: LoadLimits = LIMITS): RequestHandler {
  const load = watchLoad();
  const perConnection = new WeakMap<object, number>();
  let underWay = 0;

  return (request, response, next) => {
    const here = (perConnection.get(request.socket) ?? 0) + 1;
    const tooMany = underWay >= limits.atOnce || here > limits.perConnection;
    if (tooMany || load.memoryShare() > limits.memoryShare || load.lagMs() > limits.lagMs) {
      response.status(503).set('retry-after', '5');
      if (here > limits.perConnection) response.set('connection', 'close');
      next(new Error('too much at once'));
      return;
    }
    if (request.get('accept')?.includes('text/event-stream')) return next();
    underWay += 1;
    perConnection.set(request.socket, here);
    response.once('close', () => {
      underWay -= 1;
      perConnection.set(request.socket, (perConnection.get(request.socket) ?? 1) - 1);
    });
    next();
  };
}

/** Looked at once a second, so that a request only compares numbers. */
function watchLoad(): { memoryShare(): number; lagMs(): number } {
  const loop = monitorEventLoopDelay({ resolution: 20 });
  loop.enable();
  let [share, lag] = [0, 0];
  const look = () => {
    share = memoryShareNow();
    lag = Number.isFinite(loop.mean) ? loop.mean / NS_PER_MS : 0;
    loop.reset();
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  return { memoryShare: () => share, lagMs: () => lag };
}

/** Of the heap that V8 allows itself, and of what the container or machine allows the process. */
function memoryShareNow(): number {
  const heap = getHeapStatistics();
  const allowed = process.constrainedMemory();
  const rss = allowed > 0 ? process.memoryUsage.rss() / allowed : 0;
  return Math.max(heap.used_heap_size / heap.heap_size_limit, rss);
}

/**
 * From the moment the process is to end, every answer closes its connection: a client that reuses one could send its
 * next request just when it is closed.
 */
export function closeWhileStopping(draining: AbortSignal): RequestHandler {
  const open = new Set<Response>();
  draining.addEventListener('abort', () => {
    for (const response of open) closeAfter(response);
  });
  return (_, response, next) => {
    if (draining.aborted) closeAfter(response);
    open.add(response);
    response.once('close', () => open.delete(response));
    next();
  };
}

function closeAfter(response: Response): void {
  if (!response.headersSent) response.set('connection', 'close');
}
