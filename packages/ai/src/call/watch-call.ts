import { operatorFetch } from '@repo/outbound/operator';

/** Longest waits in milliseconds. The first byte comes only when the picture is painted. */
export type CallTimeouts = { connectMs: number; firstByteMs: number; stallMs: number; totalMs: number };

/** What is known of a call when it fails. `status` and `headers` are set once the vendor began to answer. */
export type CallTrace = {
  sent: boolean;
  status?: number;
  headers?: Headers;
  endedBy?: 'caller' | 'first byte' | 'stall' | 'deadline' | 'size';
};

export type CallLimits = Omit<CallTimeouts, 'connectMs'> & {
  /** Longest wait for a connection, TLS included; 5 seconds unless told. */
  connectMs?: number | undefined;
  maxBytes: number;
  signal?: AbortSignal | undefined;
  /** The network; the one for addresses of the operator's unless told. */
  via?: typeof globalThis.fetch | undefined;
};

/** One of `run` and `stream`, once: the limits begin with it and end with it. */
export type WatchedCall = {
  trace: CallTrace;
  /** The network of this one call: counts its bytes and notices when they stop coming. */
  fetch: typeof globalThis.fetch;
  /** Settles as `work` does, or rejects as soon as a limit is reached or the caller gives up. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** What `open` brings, piece by piece, under the same limits until its end. A reader who leaves ends the call. */
  stream<T>(open: () => Promise<AsyncIterable<T>>): AsyncGenerator<T, void, undefined>;
};

/**
 * Limits around one whole call, its body included: the SDK's own time-out cannot be told from our abort,
 * and it never notices a body that stalls.
 */
export function watchCall(limits: CallLimits): WatchedCall {
  const trace: CallTrace = { sent: false };
  const abort = new AbortController();
  const end = (by: NonNullable<CallTrace['endedBy']>) => {
    trace.endedBy ??= by;
    abort.abort(new Error(`ended by ${by}`));
  };
  const ended = new Promise<never>((_, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true });
  });
  // While a reader thinks about a piece nobody waits for this one.
  ended.catch(() => {});

  const clock = startClock(limits, end);
  const giveUp = () => end('caller');
  function begin(): void {
    if (limits.signal?.aborted) giveUp();
    limits.signal?.addEventListener('abort', giveUp, { once: true });
    clock.begin();
    abort.signal.throwIfAborted();
  }
  /** What is left of an answer that nobody reads would hold its connection for ever. */
  function finish(): void {
    clock.stop();
    limits.signal?.removeEventListener('abort', giveUp);
    abort.abort(new Error('the call is over'));
  }

  return {
    trace,
    fetch: watchFetch({ limits, trace, signal: abort.signal, clock, end }),
    async run(work) {
      try {
        begin();
        return await Promise.race([ended, work()]);
      } finally {
        finish();
      }
    },
    async *stream<T>(open: () => Promise<AsyncIterable<T>>) {
      let pieces: AsyncIterator<T> | undefined;
      try {
        begin();
        pieces = (await Promise.race([ended, open()]))[Symbol.asyncIterator]();
        for (;;) {
          const next = await Promise.race([ended, pieces.next()]);
          if (next.done) return;
          clock.pause();
          yield next.value;
          clock.resume();
        }
      } finally {
        finish();
        // Not awaited: it may be waiting for a byte that never comes.
        pieces?.return?.()?.catch(() => {});
      }
    },
  };
}

type Clock = ReturnType<typeof startClock>;
type Waiting = 'first byte' | 'stall';

function startClock(limits: CallLimits, end: (by: Waiting | 'deadline') => void) {
  let total: ReturnType<typeof setTimeout> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let waitsFor: Waiting | undefined;
  let isPaused = false;
  const stopWaiting = () => clearTimeout(waiting);
  function expect(what: Waiting): void {
    stopWaiting();
    waitsFor = what;
    if (!isPaused) waiting = setTimeout(() => end(what), what === 'stall' ? limits.stallMs : limits.firstByteMs);
  }
  return {
    begin: () => {
      total = setTimeout(() => end('deadline'), limits.totalMs);
    },
    expect,
    /** While the reader is busy the vendor cannot send: that is no stall. */
    pause: () => {
      isPaused = true;
      stopWaiting();
    },
    resume: () => {
      isPaused = false;
      if (waitsFor) expect(waitsFor);
    },
    /** All bytes are here. */
    rest: () => {
      waitsFor = undefined;
      stopWaiting();
    },
    stop: () => {
      isPaused = true;
      stopWaiting();
      clearTimeout(total);
    },
  };
}

type Watch = {
  limits: CallLimits;
  trace: CallTrace;
  signal: AbortSignal;
  clock: Clock;
  end: (by: 'size') => void;
};

function watchFetch({ limits, trace, signal, clock, end }: Watch): typeof globalThis.fetch {
  const send = limits.via ?? operatorFetch(limits.connectMs);
  return async (input, init) => {
    signal.throwIfAborted();
    trace.sent = true;
    // Of an earlier request, such as the one for a token, nothing counts any more.
    delete trace.status;
    delete trace.headers;
    clock.expect('first byte');
    // A redirect would carry the key, a header of the vendor's own, to whatever host it names.
    const options = { ...init, redirect: 'manual', signal } as const;
    const response = await send(input, options);
    trace.status = response.status;
    trace.headers = response.headers;
    clock.expect('stall');
    if (!response.body) return response;

    let received = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        received += chunk.byteLength;
        if (received > limits.maxBytes) return end('size');
        clock.expect('stall');
        controller.enqueue(chunk);
      },
      flush: () => clock.rest(),
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(counted, { signal }), { status, statusText, headers });
  };
}
