import { useRouteLoaderData } from '@remix-run/react';
import type { LiveEvent } from '@repo/domain/events/schema';
import type { PageSession } from '@repo/runtime';
import { useEffect, useRef } from 'react';
import { listenLive } from './live-events.ts';

/** Which events are wanted; what is left out does not matter. */
export type TopicFilter = Partial<Pick<LiveEvent, 'noun' | 'nounId' | 'verb'>>;

/**
 * Calls `onEvent` for what happens to the viewer's own things while the component is shown. `onGap` is called when
 * events may have been missed (after a long absence): read anew what you show. Visitors have nothing to listen to.
 */
export function useLive(filter: TopicFilter, onEvent: (event: LiveEvent) => void, onGap?: () => void): void {
  const session = useRouteLoaderData('root') as PageSession | undefined;
  const personId = session?.person?.id ?? null;
  const { noun, nounId, verb } = filter;
  const handlers = useRef({ onEvent, onGap });
  useEffect(() => {
    handlers.current = { onEvent, onGap };
  });
  useEffect(() => {
    if (!personId) return;
    return listenLive(personId, {
      onEvent(event) {
        const isWanted =
          (!noun || event.noun === noun) && (!nounId || event.nounId === nounId) && (!verb || event.verb === verb);
        if (isWanted) handlers.current.onEvent(event);
      },
      onGap: () => handlers.current.onGap?.(),
    });
  }, [personId, noun, nounId, verb]);
}
