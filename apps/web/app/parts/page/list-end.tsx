import { Link } from '@remix-run/react';
import { Notice, ShowMore } from '@repo/ui';
import type { MouseEvent } from 'react';
import type { MoreOfList } from './use-more.ts';

export type ListEndProps = {
  list: MoreOfList<unknown>;
  /** What is listed: one, and several. */
  nouns: readonly [one: string, several: string];
  /** Where the next page is without scripts. */
  addressOf(cursor: string): string;
};

/** The foot of a list: a link to its next page, which scripts turn into more of this one. */
export function ListEnd({ list, nouns, addressOf }: ListEndProps) {
  const { items, nextCursor, isLoading, failure, loadMore } = list;
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void loadMore();
  };
  return (
    <>
      {failure && (
        <Notice tone="danger" live className="mx-auto mt-6 max-w-lg" title="More could not be loaded">
          {failure} What you see stays as it is.
        </Notice>
      )}
      <ShowMore
        shown={items.length}
        noun={nouns[items.length === 1 ? 0 : 1]}
        hasMore={nextCursor !== null}
        pending={isLoading}
        {...(nextCursor
          ? {
              link: (
                <Link to={addressOf(nextCursor)} onClick={follow}>
                  {isLoading ? 'Loading more' : 'Show more'}
                </Link>
              ),
            }
          : {})}
      />
    </>
  );
}
