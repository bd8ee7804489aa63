export type BriefShareOptions = {
  /** How long after it was begun a read is shared. */
  freshMs: number;
  /** Milliseconds that only go forward. */
  clock?: () => number;
  most?: number;
};

export type BriefShare = <T>(key: string, read: () => Promise<T>) => Promise<T>;

/**
 * One read for all who ask under the same key within a short time. A failure is nobody else's: whoever met one that
 * another began reads by themselves.
 */
export function createBriefShare({
  freshMs,
  clock = () => performance.now(),
  most = 200,
}: BriefShareOptions): BriefShare {
  const shared = new Map<string, { since: number; read: Promise<unknown> }>();
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = shared.get(key);
    if (known && clock() - known.since < freshMs) return (known.read as Promise<T>).catch(read);
    const mine = { since: clock(), read: read() };
    mine.read.catch(() => {
      if (shared.get(key) === mine) shared.delete(key);
    });
    shared.delete(key);
    shared.set(key, mine);
    if (shared.size > most) shared.delete(shared.keys().next().value!);
    return mine.read;
  };
}
