import type { AdView } from '@repo/domain/ads/schema';
import { Avatar, Badge } from '@repo/ui';
import { MapPin } from 'lucide-react';
import type { RefObject } from 'react';
import { remixesText } from '#app/parts/feed/feed-wall.tsx';

/** Whose ad it is, what it is called, and where it runs. */
export function AdFacts({ ad, heading }: { ad: AdView; heading: RefObject<HTMLHeadingElement> }) {
  const { title, brand, author, location, remixCount, status } = ad;
  return (
    <header className="grid gap-2">
      <div className="flex min-w-0 items-center gap-2 text-sm">
        <Avatar name={brand.name} seed={brand.id} shape="square" size="sm" />
        <span className="truncate font-medium">{brand.name}</span>
        {status === 'hidden' && <Badge tone="danger">Hidden by the staff</Badge>}
      </div>
      <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold text-balance outline-none sm:text-3xl">
        {title}
      </h1>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {location && (
          <span className="inline-flex min-w-0 items-center gap-1">
            <MapPin aria-hidden className="size-3.5 shrink-0" />
            <span className="min-w-0 break-words">{location}</span>
          </span>
        )}
        <span>by {author.name}</span>
        {remixCount > 0 && <span>{remixesText(remixCount)}</span>}
      </p>
    </header>
  );
}
