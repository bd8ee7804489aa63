import { describe, expect, test } from 'vitest';
import { FeedIntro } from '#app/parts/feed/feed-intro.tsx';
import { feedAddress, readFeedSearch } from '#app/parts/feed/feed-search.ts';
import { FeedTabs } from '#app/parts/feed/feed-tabs.tsx';
import { FeedWall } from '#app/parts/feed/feed-wall.tsx';
import { ListEnd } from '#app/parts/page/list-end.tsx';
import { anAdView, aRemixCard, htmlOf, textOf } from './stage.tsx';

describe("the feed's address", () => {
  test.each([
    ['/', { tab: 'all', after: null }],
    ['/?tab=ads', { tab: 'ads', after: null }],
    ['/?tab=remixes&after=abc', { tab: 'remixes', after: 'abc' }],
    ['/?tab=__proto__&after=', { tab: 'all', after: null }],
  ] as const)('%s is read', (address, meaning) => {
    expect(readFeedSearch(address)).toEqual(meaning);
  });

  test('leads to what it was made for, whatever the cursor holds', () => {
    const cursor = 'a&b=c#d é';
    expect(readFeedSearch(feedAddress('remixes', cursor))).toEqual({ tab: 'remixes', after: cursor });
    expect(feedAddress('all')).toBe('/');
  });
});

test('tabs are links, and the one shown says so', () => {
  const html = htmlOf(<FeedTabs current="ads" />);
  expect(html.match(/href="([^"]*)"/g)).toEqual(['href="/"', 'href="/?tab=ads"', 'href="/?tab=remixes"']);
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(html).toMatch(/aria-current="page"[^>]*href="\/\?tab=ads"|href="\/\?tab=ads"[^>]*aria-current="page"/);
});

describe('a wall', () => {
  test('tells of an ad what it is, whose, where, and how often it was remixed, and offers to remix it', () => {
    const ad = anAdView({ remixCount: 1_204 });
    const html = htmlOf(<FeedWall isMixed label="Ads" items={[{ type: 'ad', ad }]} />);
    expect(textOf(html)).toContain('Sunshine, canned');
    expect(textOf(html)).toContain('Pippola · Lisbon · 1,204 remixes');
    expect(html).toContain(`href="/ads/${ad.id}#remix"`);
    expect(html).toContain('aria-label="Remix Sunshine, canned"');
  });

  test('shows markup that somebody typed as the text it is', () => {
    const prompt = '<img src=x onerror="alert(1)">';
    const html = htmlOf(<FeedWall isMixed label="All" items={[{ type: 'remix', remix: aRemixCard({ prompt }) }]} />);
    expect(html).not.toContain('<img src=x');
    expect(textOf(html)).toContain(prompt);
  });
});

test('a first-time visitor can try at once, each time on another ad', () => {
  const adIds = [anAdView().id, anAdView().id, anAdView().id];
  const links = htmlOf(<FeedIntro adIds={adIds} />).match(/href="([^"]*)"/g) ?? [];
  expect(links).toHaveLength(3);
  for (const [at, link] of links.entries()) expect(link).toContain(`/ads/${adIds[at]}?say=`);
  expect(htmlOf(<FeedIntro adIds={[]} />)).not.toContain('Try one');
});

describe('the end of a list', () => {
  const list = { isLoading: false, failure: null, loadMore: async () => {} };
  const end = (items: unknown[], nextCursor: string | null, failure: string | null = null) =>
    htmlOf(
      <ListEnd
        list={{ ...list, items, nextCursor, failure }}
        nouns={['ad', 'ads']}
        addressOf={(cursor) => `/?after=${cursor}`}
      />,
    );

  test('is a link to the next page, which works without scripts', () => {
    expect(end([1, 2], 'next')).toMatch(/<a[^>]*href="\/\?after=next"[^>]*>Show more<\/a>/);
  });

  test('says when that is all, of one thing as of several', () => {
    expect(textOf(end([1], null))).toBe('That is all: 1 ad');
    expect(textOf(end([1, 2], null))).toBe('That is all: 2 ads');
  });

  test('says why more did not come, and still offers it', () => {
    const text = textOf(end([1], 'next', 'No answer came back.'));
    expect(text).toContain('No answer came back. What you see stays as it is.');
    expect(text).toContain('Show more');
  });
});
