import type { Db } from '@repo/db';
import type { UserActor } from '../context.ts';
import { followBrand } from './follow-brand.ts';
import { BATCH, isAfter, readAfter, readHead } from './read-events.ts';
import { EVERYBODY, type PositionedEvent } from './schema.ts';

const IDLE_MS = 100;
const BUSY_MS = 40;
/** A subscriber that reads slower than this many events behind is cut off, and resumes from the table. */
const MAX_BACKLOG = 1_000;

/** What a process tails once and hands to everybody who listens in it. */
export interface EventRelay {
  /** Events for one person and for everybody from `after` on (null: from now on), until `signal` fires. */
  follow(audienceId: string, after: string | null, signal: AbortSignal): AsyncGenerator<PositionedEvent>;
  /** The same, and what happens to a brand: all that row security shows `actor` of it. */
  followBrand(
    actor: UserActor,
    brandId: string,
    after: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<PositionedEvent>;
  stop(): Promise<void>;
}

/**
 * Tails the event table in commit-safe order: a number can become visible after a larger one, so
 * reading stops at the oldest running transaction. Polls only while somebody listens.
 */
export function createEventRelay(db: Db, onError: (error: unknown) => void): EventRelay {
  type Tell = (event: PositionedEvent) => void;
  const listeners = new Map<string, Set<Tell>>();
  const toldBy = ({ audienceId, brandId }: PositionedEvent): Iterable<Iterable<Tell>> =>
    audienceId === EVERYBODY ? listeners.values() : [audienceId, brandId].map((id) => listeners.get(id ?? '') ?? []);
  let position: string | null = null;
  let head: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> | null = null;
  let stopped = false;

  /** Where the tail begins. Whoever listens reads the table only after it: what lies between the two would be lost. */
  const findHead = () => {
    head ??= readHead(db).then(
      (found) => {
        position = found;
      },
      (error: unknown) => {
        head = null;
        throw error;
      },
    );
    return head;
  };

  const tail = async () => {
    let pause = IDLE_MS;
    try {
      await findHead();
      const found = await readAfter(db, position!, null);
      for (const event of found) {
        position = event.position;
        // The same object for all, so that whoever writes it down need do so only once.
        for (const group of toldBy(event)) for (const tell of group) tell(event);
      }
      if (found.length > 0) pause = BUSY_MS;
    } catch (error) {
      onError(error);
      pause = 2_000;
    }
    round = null;
    if (stopped || listeners.size === 0) {
      timer = null;
      head = null;
      return;
    }
    timer = setTimeout(start, pause);
  };
  const start = () => {
    round = tail();
  };

  const listen = (audienceId: string, tell: (event: PositionedEvent) => void) => {
    const tellers = listeners.get(audienceId) ?? new Set();
    listeners.set(audienceId, tellers.add(tell));
    if (!timer && !round && !stopped) start();
    return () => {
      tellers.delete(tell);
      if (tellers.size === 0 && listeners.get(audienceId) === tellers) listeners.delete(audienceId);
    };
  };

  return {
    async *follow(audienceId, after, signal) {
      const waiting: PositionedEvent[] = [];
      let wake: () => void = () => {};
      let fellBehind = false;
      const stopListening = listen(audienceId, (event) => {
        if (waiting.length >= MAX_BACKLOG) fellBehind = true;
        else waiting.push(event);
        wake();
      });
      const onAbort = () => wake();
      signal.addEventListener('abort', onAbort);
      try {
        await findHead();
        // The tail began before this read, so nothing falls between the two; what comes twice is dropped.
        // A position above the head is of before a restore into a younger cluster: that reader goes on from now.
        const now = await readHead(db);
        let last = after && !isAfter(after, now) ? after : now;
        for (;;) {
          const missed = await readAfter(db, last, audienceId);
          for (const event of missed) {
            yield event;
            last = event.position;
          }
          if (missed.length < BATCH) break;
        }
        while (!signal.aborted && !fellBehind) {
          const next = waiting.shift();
          if (!next) {
            await new Promise<void>((resolve) => {
              wake = resolve;
              if (waiting.length > 0 || signal.aborted) resolve();
            });
            continue;
          }
          if (isAfter(next.position, last)) {
            yield next;
            last = next.position;
          }
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
        stopListening();
      }
    },

    followBrand(actor, brandId, after, signal) {
      const listenAs = (wake: () => void) => {
        const ends = [actor.userId, brandId].map((id) => listen(id, wake));
        return () => {
          for (const end of ends) end();
        };
      };
      return followBrand(db, { actor, brandId }, { after, signal, listen: listenAs, begun: findHead });
    },

    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await round;
    },
  };
}
