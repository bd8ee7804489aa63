import type { AdView } from '@repo/domain/ads/schema';
import type { FeedItem } from '@repo/domain/feed/schema';
import { MasonryGrid } from '@repo/ui';
import { RemixCard } from '#app/parts/remixes/remix-card.tsx';
import { PictureCard } from './picture-card.tsx';

/** About as many as the first screen shows. */
const FETCHED_AT_ONCE = 6;

export const feedItemId = (item: FeedItem): string => (item.type === 'ad' ? item.ad.id : item.remix.id);

/** Ads and remixes, as they come. */
export function FeedWall({ items, label, isMixed }: { items: readonly FeedItem[]; label: string; isMixed: boolean }) {
  return (
    <MasonryGrid label={label} caption="lines">
      {items.map((item, at) =>
        item.type === 'ad' ? (
          <AdCard key={item.ad.id} ad={item.ad} priority={at < FETCHED_AT_ONCE} />
        ) : (
          <RemixCard
            key={item.remix.id}
            remix={item.remix}
            priority={at < FETCHED_AT_ONCE}
            showsAd
            isMarked={isMixed}
          />
        ),
      )}
    </MasonryGrid>
  );
}

function AdCard({ ad, priority }: { ad: AdView; priority: boolean }) {
  const { id, title, brand, location, remixCount, picture } = ad;
  const facts = [brand.name, location, remixesText(remixCount)].filter(Boolean);
  return (
    <PictureCard
      picture={picture}
      alt={`Ad: ${title} by ${brand.name}`}
      to={`/ads/${id}`}
      title={title}
      detail={facts.join(' · ')}
      remix={{ to: `/ads/${id}#remix`, label: `Remix ${title}` }}
      priority={priority}
    />
  );
}

export const remixesText = (count: number): string =>
  count === 0 ? '' : count === 1 ? '1 remix' : `${count.toLocaleString('en')} remixes`;
