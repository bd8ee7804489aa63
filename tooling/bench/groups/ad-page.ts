import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { comparePages } from '../compare-pages.ts';
import type { House } from '../open-house.ts';

export const group: BenchGroup = { title: 'Reading an ad as a page', isQuick: true, run: benchAdPage };

type Feed = { items: { type: string; ad: { id: string } }[] };

/** The page of the newest ad, against the same page from data that never changes. */
async function benchAdPage(house: House, size: Size): Promise<Row[]> {
  const { items } = await house.api.query<Feed>('ads.feed', { tab: 'ads', limit: 1 });
  return comparePages(house, size, `/ads/${items[0]!.ad.id}`, [
    { name: 'Ad page, visitor' },
    { name: 'Ad page, signed in', cookie: house.cookie },
  ]);
}
