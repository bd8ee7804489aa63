import { createBriefShare } from './brief-share.ts';
import { apiContextFor } from './request-session.ts';

/** Short enough that nobody who publishes, signs out and looks meets what was before. */
const share = createBriefShare({ freshMs: 250 });

/**
 * What a page shows to all visitors alike, read once for those who come at the same time. Whoever has a session or a key
 * reads by themselves. `key` names all that the read depends on; nobody may change what it gives.
 */
export async function sharedAmongVisitors<T>(request: Request, key: string, read: () => Promise<T>): Promise<T> {
  // What keeps somebody from being known is for the read to tell.
  const asker = await apiContextFor(request).catch(() => null);
  return asker?.actor.kind === 'visitor' ? share(key, read) : read();
}
