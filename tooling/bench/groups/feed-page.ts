import type { BenchGroup, Row, Size } from '../bench-group.ts';
import { comparePages } from '../compare-pages.ts';
import type { House } from '../open-house.ts';

export const group: BenchGroup = { title: 'Reading the feed as a page', isQuick: true, run: benchFeedPage };

/** The first page of the feed as HTML, against the same page from data that never changes. */
async function benchFeedPage(house: House, size: Size): Promise<Row[]> {
  return comparePages(house, size, '/', [
    { name: 'Feed page, visitor', targets: [{ of: 'ratio', atLeast: 0.65 }] },
    { name: 'Feed page, signed in', cookie: house.cookie },
  ]);
}
