import { Link } from '@remix-run/react';
import { FEED_TABS, type FeedTab } from '@repo/domain/feed/schema';
import { feedAddress, TAB_NAMES } from './feed-search.ts';

/** Links that look like tabs: each has an address of its own. */
export function FeedTabs({ current }: { current: FeedTab }) {
  return (
    <nav aria-label="What to show">
      <ul className="flex gap-5 border-b border-line">
        {FEED_TABS.map((tab) => (
          <li key={tab}>
            <Link
              to={feedAddress(tab)}
              prefetch="intent"
              preventScrollReset
              aria-current={tab === current ? 'page' : undefined}
              className="relative flex min-h-11 items-center text-sm text-muted transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:after:bg-ink"
            >
              {TAB_NAMES[tab]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
