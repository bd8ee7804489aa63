import { FEED_TABS, type FeedTab } from '@repo/domain/feed/schema';

export const TAB_NAMES = { all: 'All', ads: 'Ads', remixes: 'Remixes' } satisfies Record<FeedTab, string>;

/** What the feed's address asks for. An unknown tab is the first one. */
export function readFeedSearch(address: string): { tab: FeedTab; after: string | null } {
  const { searchParams } = new URL(address, 'http://here.invalid');
  const tab = FEED_TABS.find((one) => one === searchParams.get('tab')) ?? 'all';
  return { tab, after: searchParams.get('after') || null };
}

/** The feed's address. The first page of the first tab is the plain one. */
export function feedAddress(tab: FeedTab, after?: string): string {
  const search = new URLSearchParams({ ...(tab === 'all' ? {} : { tab }), ...(after ? { after } : {}) }).toString();
  return search ? `/?${search}` : '/';
}
