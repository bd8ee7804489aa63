import type { LiveEvent } from '@repo/domain/events/schema';
import { api } from './api-client.ts';

/** Told of each event, and of a gap: a stretch in which events may have been missed. */
export type LiveListener = { onEvent(event: LiveEvent): void; onGap?(): void };

type Message = { kind: 'event'; event: LiveEvent } | { kind: 'gap' };
type Position = { id: string; at: number };

/** Older positions are not resumed from: reading the page anew is cheaper than replaying a day. */
const RESUMABLE_MS = 15 * 60_000;
const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 60_000;

const streams = new Map<string, LiveStream>();

/** Listens to what happens to a person's things until the returned function is called. */
export function listenLive(personId: string, listener: LiveListener): () => void {
  const stream = streams.get(personId) ?? new LiveStream(personId);
  streams.set(personId, stream);
  stream.add(listener);
  return () => {
    if (stream.remove(listener) === 0) streams.delete(personId);
  };
}

/**
 * One connection per browser, however many tabs: browsers allow six to one origin, and a few tabs with their own would
 * freeze the site. The tab that holds the lock connects and tells the others.
 */
class LiveStream {
  readonly #name: string;
  readonly #listeners = new Set<LiveListener>();
  #channel: BroadcastChannel | null = null;
  #stop: AbortController | null = null;

  constructor(personId: string) {
    this.#name = `remixify-live:${personId}`;
  }

  add(listener: LiveListener): void {
    this.#listeners.add(listener);
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#tell(data);
    void this.#lead(stop.signal);
  }

  /** Resolves to how many listeners are left. */
  remove(listener: LiveListener): number {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) {
      this.#stop?.abort();
      this.#channel?.close();
      this.#stop = null;
      this.#channel = null;
    }
    return this.#listeners.size;
  }

  #tell(message: Message): void {
    for (const listener of [...this.#listeners]) {
      if (message.kind === 'event') listener.onEvent(message.event);
      else listener.onGap?.();
    }
  }

  #tellAll(message: Message): void {
    this.#channel?.postMessage(message);
    this.#tell(message);
  }

  /** Waits until no other tab is connected, then stays connected until `signal` fires. */
  async #lead(signal: AbortSignal): Promise<void> {
    const stay = () => this.#connect(signal);
    try {
      // Without locks (a page that came by plain HTTP from another machine) each tab connects for itself.
      await (navigator.locks ? navigator.locks.request(this.#name, { signal }, stay) : stay());
    } catch {
      // Given up while waiting for the lock: nobody listens here any more.
    }
  }

  async #connect(signal: AbortSignal): Promise<void> {
    let pause = RETRY_FIRST_MS;
    while (!signal.aborted) {
      const hasBegun = await this.#follow(signal);
      if (signal.aborted) return;
      pause = hasBegun ? RETRY_FIRST_MS : Math.min(pause * 2, RETRY_MAX_MS);
      await wait(pause, signal);
    }
  }

  /** One subscription from begin to end. It reconnects by itself as long as the server can be reached. */
  #follow(signal: AbortSignal): Promise<boolean> {
    const from = this.#readPosition();
    return new Promise((resolve) => {
      let hasBegun = false;
      const end = () => {
        signal.removeEventListener('abort', end);
        subscription.unsubscribe();
        resolve(hasBegun);
      };
      const subscription = api.live.mine.subscribe(
        { lastEventId: from },
        {
          onStarted: () => {
            // Without a place to resume from, what happened before this moment was not seen.
            if (!hasBegun && from === null) this.#tellAll({ kind: 'gap' });
            hasBegun = true;
          },
          onData: ({ id, data }) => {
            this.#writePosition(id);
            this.#tellAll({ kind: 'event', event: data });
          },
          onError: end,
          onComplete: end,
        },
      );
      signal.addEventListener('abort', end);
    });
  }

  #readPosition(): string | null {
    try {
      const { id, at } = JSON.parse(localStorage.getItem(this.#name) ?? '') as Position;
      return Date.now() - at < RESUMABLE_MS ? id : null;
    } catch {
      return null;
    }
  }

  #writePosition(id: string): void {
    try {
      localStorage.setItem(this.#name, JSON.stringify({ id, at: Date.now() } satisfies Position));
    } catch {
      // Storage is full or forbidden: after a reload the page is read anew instead.
    }
  }
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
