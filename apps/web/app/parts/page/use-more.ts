import { useLocation } from '@remix-run/react';
import type { Page } from '@repo/domain/paging/schema';
import { useReducer, useRef } from 'react';
import { explainFailure } from '#app/parts/api/explain-failure.ts';

type More = { items: unknown[]; nextCursor: string | null };

/** What was added to lists, by place in the history: going back finds a list as long as it was left. */
const kept = new Map<string, More>();
const MOST_KEPT = 40;

export type MoreOfList<Item> = {
  items: Item[];
  nextCursor: string | null;
  isLoading: boolean;
  /** Why the last press brought nothing. */
  failure: string | null;
  loadMore(): Promise<void>;
};

/**
 * A list that grows below its first page. `name` tells apart lists and tabs of one address. What turns up on two pages,
 * because something was published in between, is shown once.
 */
export function useMore<Item>(
  name: string,
  first: Page<Item>,
  { idOf, load }: { idOf(item: Item): string; load(cursor: string): Promise<Page<Item>> },
): MoreOfList<Item> {
  const slot = `${useLocation().key}:${name}`;
  const [, refresh] = useReducer((count: number) => count + 1, 0);
  const busy = useRef<string | null>(null);
  const failed = useRef<{ slot: string; sentence: string } | null>(null);

  const more = kept.get(slot) as { items: Item[]; nextCursor: string | null } | undefined;
  const nextCursor = more ? more.nextCursor : first.nextCursor;

  const loadMore = async () => {
    if (!nextCursor || busy.current === slot) return;
    busy.current = slot;
    failed.current = null;
    refresh();
    try {
      const page = await load(nextCursor);
      keep(slot, { items: [...(more?.items ?? []), ...page.items], nextCursor: page.nextCursor });
    } catch (error) {
      failed.current = { slot, sentence: explainFailure(error).sentence };
    } finally {
      busy.current = null;
      refresh();
    }
  };

  const seen = new Set<string>();
  const items = [...first.items, ...(more?.items ?? [])].filter((item) => {
    const id = idOf(item);
    return !seen.has(id) && seen.add(id);
  });
  return {
    items,
    nextCursor,
    isLoading: busy.current === slot,
    failure: failed.current?.slot === slot ? failed.current.sentence : null,
    loadMore,
  };
}

function keep(slot: string, more: More): void {
  kept.delete(slot);
  kept.set(slot, more);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
