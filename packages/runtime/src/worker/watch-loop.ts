import { Worker } from 'node:worker_threads';

/** Painting a film takes long, but never this long without a pause. */
const STUCK_AFTER_MS = 60_000;
const BEAT_MS = 1_000;

/** Runs beside the process: whatever holds the main thread does not hold this one. */
const WATCHER = `
const { parentPort, workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let last = Date.now();
parentPort.on('message', () => { last = Date.now(); });
setInterval(() => {
  if (Date.now() - last < workerData.stuckAfterMs) return;
  writeSync(2, workerData.words + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, workerData.everyMs);
parentPort.postMessage(null);
`;

/**
 * Ends a process that lives but does nothing any more, such as over an input that keeps its one thread busy for ever:
 * whoever started it starts another, and what it had claimed goes on there. Does not keep the process alive.
 * Resolves when it watches.
 */
export function watchLoop(log: (line: string) => void, stuckAfterMs = STUCK_AFTER_MS): Promise<void> {
  const words = `worker: nothing went on for ${stuckAfterMs / 1000} s, so it is ended`;
  const everyMs = Math.min(BEAT_MS * 5, stuckAfterMs);
  const watcher = new Worker(WATCHER, { eval: true, execArgv: [], workerData: { stuckAfterMs, everyMs, words } });
  watcher.on('error', (error) => log(`worker: nobody watches it: ${error.message}`));
  setInterval(() => watcher.postMessage(null), Math.min(BEAT_MS, stuckAfterMs / 3)).unref();
  const watches = new Promise<void>((resolve) => watcher.once('message', () => resolve()));
  // After the listener, which would hold the process.
  watcher.unref();
  return watches;
}
