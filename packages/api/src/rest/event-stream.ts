import { isTrackedEnvelope } from '@trpc/server';
import { failureOf, RestFailure } from './rest-failure.ts';

export const PING_EVERY_MS = 15_000;
/** After that a stream ends, so that whoever lost the right to it is asked again. Nothing is missed by it. */
const STREAM_MAX_MS = 30 * 60_000;
const RETRY_MS = 3_000;

export type EventStreamOptions = {
  /** How a piece is called: the `event:` of its message. */
  nameOf(piece: unknown): string;
  requestId: string;
  signal: AbortSignal;
  onBug(error: unknown): void;
};

/** Pieces as server-sent events: plain JSON, an `id` where a place to come back to is known, and a comment now and then. */
export function eventStream(pieces: AsyncIterable<unknown>, options: EventStreamOptions): ReadableStream<Uint8Array> {
  const { signal } = options;
  const source = pieces[Symbol.asyncIterator]();
  let ping: NodeJS.Timeout;
  let end: NodeJS.Timeout;
  let isOver = false;

  const stop = async () => {
    if (isOver) return;
    isOver = true;
    clearInterval(ping);
    clearTimeout(end);
    await source.return?.(undefined).catch(() => {});
  };

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (message: string | Uint8Array) => {
        if (!isOver) controller.enqueue(typeof message === 'string' ? encoder.encode(message) : message);
      };
      const finish = () => {
        if (isOver) return;
        void stop();
        controller.close();
      };
      send(`retry: ${RETRY_MS}\n: connected\n\n`);
      ping = setInterval(() => send(': ping\n\n'), PING_EVERY_MS);
      end = setTimeout(finish, STREAM_MAX_MS);
      for (const timer of [ping, end]) timer.unref();
      signal.addEventListener('abort', finish, { once: true });
      if (signal.aborted) return finish();
      void (async () => {
        try {
          for (;;) {
            const { value, done } = await source.next();
            if (done || isOver) break;
            send(messageOf(value, options));
            while (!isOver && (controller.desiredSize ?? 1) < -BACKLOG) await wait();
          }
        } catch (error) {
          send(lastWords(error, options));
        }
        finish();
      })();
    },
    cancel: stop,
  });
}

/** Pieces that may wait for a slow reader; more are not asked for. */
const BACKLOG = 200;
const wait = () => new Promise((resolve) => setTimeout(resolve, 50));

const encoder = new TextEncoder();
/** What many streams are told at once is written down once. */
const written = new WeakMap<object, Uint8Array>();

function messageOf(value: unknown, { nameOf }: EventStreamOptions): Uint8Array {
  const isPlaced = isTrackedEnvelope(value as never);
  const [id, piece] = isPlaced ? (value as [string, unknown]) : [null, value];
  const shared = isPlaced && typeof piece === 'object' ? piece : null;
  const known = shared && written.get(shared);
  if (known) return known;
  const lines = [...(id ? [`id: ${id}`] : []), `event: ${nameOf(piece)}`, `data: ${JSON.stringify(piece)}`];
  const message = encoder.encode(`${lines.join('\n')}\n\n`);
  if (shared) written.set(shared, message);
  return message;
}

function lastWords(error: unknown, { requestId, onBug, signal }: EventStreamOptions): string {
  const failure = failureOf(error);
  if (!failure && !signal.aborted) onBug(error);
  const { code, message, details } = failure ?? new RestFailure('INTERNAL_ERROR', 'Something went wrong on our side.');
  return `event: error\ndata: ${JSON.stringify({ success: false, error: { code, message, details, requestId } })}\n\n`;
}
