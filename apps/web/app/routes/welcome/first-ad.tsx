import { Link } from '@remix-run/react';
import type { AdView } from '@repo/domain/ads/schema';
import { Button, Card } from '@repo/ui';
import { BigPicture } from '#app/parts/page/big-picture.tsx';

/** The ad that came of it, and what to do next. */
export function FirstAd({ ad }: { ad: AdView }) {
  return (
    <div className="grid items-start gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
      <BigPicture picture={ad.picture} alt={ad.title} />
      <Card padding="lg" className="grid gap-5">
        <div className="grid gap-1">
          <p className="text-sm text-muted">{ad.brand.name}</p>
          <h2 className="text-lg font-semibold break-words">{ad.title}</h2>
          {ad.location && <p className="text-sm break-words text-muted">{ad.location}</p>}
        </div>
        <div className="grid gap-2">
          <Button variant="primary" size="lg" wide asChild>
            <Link to={`/ads/${ad.id}#remix`}>Remix it</Link>
          </Button>
          <Button variant="ghost" wide asChild>
            <Link to="/">See it in the feed</Link>
          </Button>
        </div>
      </Card>
    </div>
  );
}
