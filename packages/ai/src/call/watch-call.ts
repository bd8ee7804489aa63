/** Longest waits in milliseconds. The first byte comes only when the picture is painted. */
export type CallTimeouts = { firstByteMs: number; stallMs: number; totalMs: number };

/** What is known of a call when it fails. `status` and `headers` are set once the vendor began to answer. */
export type CallTrace = {
  sent: boolean;
  status?: number;
  headers?: Headers;
  endedBy?: 'caller' | 'first byte' | 'stall' | 'deadline' | 'size';
};

export type WatchedCall = {
  trace: CallTrace;
  /** The network of this one call: counts its bytes and notices when they stop coming. */
  fetch: typeof globalThis.fetch;
  /** Settles as `work` does, or rejects as soon as a limit is reached or the caller gives up. */
  run<T>(work: () => Promise<T>): Promise<T>;
};

/**
 * Limits around one whole call, its body included: the SDK's own time-out cannot be told from our abort,
 * and it never notices a body that stalls.
 */
export function watchCall(limits: CallTimeouts & { maxBytes: number; signal?: AbortSignal }): WatchedCall {
  const trace: CallTrace = { sent: false };
  const abort = new AbortController();
  const end = (by: NonNullable<CallTrace['endedBy']>) => {
    trace.endedBy ??= by;
    abort.abort(new Error(`ended by ${by}`));
  };
  const timers = { total: undefined as Timer, waiting: undefined as Timer };
  const expectBytesWithin = (ms: number, by: 'first byte' | 'stall') => {
    clearTimeout(timers.waiting);
    timers.waiting = setTimeout(() => end(by), ms);
  };

  const fetchWatched: typeof globalThis.fetch = async (input, init) => {
    abort.signal.throwIfAborted();
    trace.sent = true;
    expectBytesWithin(limits.firstByteMs, 'first byte');
    // A redirect would carry the key, a header of the vendor's own, to whatever host it names.
    const response = await fetch(input, { ...init, redirect: 'manual', signal: abort.signal });
    trace.status = response.status;
    trace.headers = response.headers;
    expectBytesWithin(limits.stallMs, 'stall');
    if (!response.body) return response;

    let received = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength;
        if (received > limits.maxBytes) return end('size');
        expectBytesWithin(limits.stallMs, 'stall');
        controller.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counted, { signal: abort.signal }), { status, statusText, headers });
  };

  return {
    trace,
    fetch: fetchWatched,
    async run(work) {
      const giveUp = () => end('caller');
      if (limits.signal?.aborted) giveUp();
      limits.signal?.addEventListener('abort', giveUp, { once: true });
      timers.total = setTimeout(() => end('deadline'), limits.totalMs);
      const ended = new Promise<never>((_, reject) => {
        abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
      });
      try {
        abort.signal.throwIfAborted();
        return await Promise.race([ended, work()]);
      } finally {
        clearTimeout(timers.total);
        clearTimeout(timers.waiting);
        limits.signal?.removeEventListener('abort', giveUp);
      }
    },
  };
}

type Timer = ReturnType<typeof setTimeout> | undefined;
