import { type Db, transactAs } from '@repo/db';
import type { UserActor } from '../context.ts';
import { isAfter, readHead, readSeen } from './read-events.ts';
import type { PositionedEvent } from './schema.ts';

export type BrandFollower = { actor: UserActor; brandId: string };

type Following = {
  after: string | null;
  signal: AbortSignal;
  /** Wakes whenever there may be news, until what it answers is called. */
  listen(wake: () => void): () => void;
  /** Resolves once the tail has begun: what happens after that wakes. */
  begun(): Promise<void>;
};

/**
 * Events of a brand, and those for whoever follows it. What is told live is only a reason to look: each event is read as
 * the follower, so that row security says whether they may see it, also when they left the brand a moment ago.
 */
export async function* followBrand(
  db: Db,
  follower: BrandFollower,
  { after, signal, listen, begun }: Following,
): AsyncGenerator<PositionedEvent> {
  let isNews = true;
  let wake: () => void = () => {};
  const onNews = () => {
    isNews = true;
    wake();
  };
  const onAbort = () => wake();
  const stopListening = listen(onNews);
  signal.addEventListener('abort', onAbort);
  try {
    await begun();
    const now = await readHead(db);
    let last = after && !isAfter(after, now) ? after : now;
    while (!signal.aborted) {
      if (!isNews) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (isNews || signal.aborted) resolve();
        });
        continue;
      }
      isNews = false;
      const seen = await transactAs(db, follower.actor, (tx) => readSeen(tx, follower, last));
      for (const event of seen) {
        yield event;
        last = event.position;
        // There may be more than one reading holds.
        isNews = true;
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stopListening();
  }
}
