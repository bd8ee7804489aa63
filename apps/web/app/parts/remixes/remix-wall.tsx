import type { Page } from '@repo/domain/paging/schema';
import type { RemixCard as RemixCardView } from '@repo/domain/remixes/schema';
import { MasonryGrid } from '@repo/ui';
import { ListEnd } from '#app/parts/page/list-end.tsx';
import { useMore } from '#app/parts/page/use-more.ts';
import { RemixCard } from './remix-card.tsx';

export type RemixWallProps = {
  /** Names the list. */
  label: string;
  first: Page<RemixCardView>;
  load(cursor: string): Promise<Page<RemixCardView>>;
  /** Where the next page is without scripts. */
  addressOf(cursor: string): string;
  isOwnList?: boolean;
};

/** Remixes, and the way to more of them. */
export function RemixWall({ label, first, load, addressOf, isOwnList = false }: RemixWallProps) {
  const list = useMore(label, first, { idOf: (remix) => remix.id, load });
  return (
    <>
      <MasonryGrid label={label} caption="lines">
        {list.items.map((remix) => (
          <RemixCard key={remix.id} remix={remix} isOwnList={isOwnList} />
        ))}
      </MasonryGrid>
      <ListEnd list={list} nouns={['remix', 'remixes']} addressOf={addressOf} />
    </>
  );
}
