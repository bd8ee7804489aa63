import type { BrandReport as Report } from '@repo/domain/brands/schema';
import { expect, test } from 'vitest';
import { BrandReport } from '#app/parts/report/brand-report.tsx';
import { BrandSwitcher } from '#app/parts/report/brand-switcher.tsx';
import { dayText, momentText } from '#app/parts/report/day-text.ts';
import { PeriodLinks } from '#app/parts/report/period-links.tsx';
import { aPicture, htmlOf, textOf } from '../../web/test/stage.tsx';

const aBrand = (name: string) => ({
  id: crypto.randomUUID(),
  name,
  slug: name.toLowerCase(),
  accentColor: null,
  role: 'owner' as const,
});

const aReport = (changes: Partial<Report> = {}): Report => ({
  brand: aBrand('Pippola'),
  ads: 3,
  remixes: 1_204,
  creators: 87,
  creditsSpent: 412,
  days: [
    { day: '2026-11-19', credits: 400, remixes: 100 },
    { day: '2026-11-20', credits: 12, remixes: 3 },
  ],
  topAds: [{ id: 'ad-1', title: '<b>Sun</b>, canned', remixes: 1, picture: aPicture() }],
  countedAt: new Date('2026-11-20T15:04:05Z'),
  ...changes,
});
const shown = (report: Report) => htmlOf(<BrandReport report={report} appUrl="https://remixify.example" />);

/** What stands in the group that a label names. */
function groupOf(html: string, label: string): string {
  const id = new RegExp(`<p id="([^"]+)"[^>]*>${label}</p>`).exec(html)?.[1];
  const from = html.indexOf(`role="group" aria-labelledby="${id}"`);
  return from < 0 ? `no group ${label}` : textOf(html.slice(html.indexOf('>', from) + 1, from + 600));
}

test.each([
  ['Ads', '3 published now'],
  ['Remixes', '1,204 of its ads, published'],
  ['Creators', '87 who remixed them'],
  ['Credits spent', '412 in 2 days'],
])('a tile labelled %s says %s', (label, text) => {
  expect(groupOf(shown(aReport()), label)).toContain(`${label} ${text}`);
});

test('credits are drawn by day, under a name, with every number in a table', () => {
  const html = shown(aReport());
  expect(html).toMatch(/<p id="[^"]+-title"[^>]*>Credits spent by day<\/p>/);
  expect(textOf(html)).toContain('19 November 2026 400 20 November 2026 12');
  expect(textOf(html)).toContain('19 November 2026 100 20 November 2026 3');
});

test('top ads lead to their pages in the web app, and titles stay text', () => {
  const html = shown(aReport());
  expect(html).toContain('href="https://remixify.example/ads/ad-1"');
  expect(html).toContain('&lt;b&gt;Sun&lt;/b&gt;, canned');
  expect(textOf(html)).toContain('1 published remix');
});

test('it says when it was counted', () => {
  expect(textOf(shown(aReport()))).toContain(`Counted at ${momentText(new Date('2026-11-20T15:04:05Z'))}`);
  expect(shown(aReport())).toContain('dateTime="2026-11-20T15:04:05.000Z"');
});

test('a brand without ads is told what to do; one whose ads are gone keeps its numbers', () => {
  const nothing = { ads: 0, remixes: 0, creators: 0, creditsSpent: 0, topAds: [] };
  const empty = shown(aReport(nothing));
  expect(textOf(empty)).toContain('No ads yet');
  expect(empty).toContain('href="https://remixify.example/upload"');
  const gone = shown(aReport({ ...nothing, creators: 2, creditsSpent: 8 }));
  expect(textOf(gone)).toContain('No ad is published at the moment');
  expect(groupOf(gone, 'Creators')).toContain('Creators 2');
});

test('brands are switched with the period kept, and not at all where there is one', () => {
  const brands = [aBrand('Owlway'), aBrand('Pippola')];
  const html = htmlOf(<BrandSwitcher brands={brands} current="pippola" period={7} />);
  expect(html).toContain('href="/brands/owlway?days=7"');
  expect(/<a[^>]*aria-current="page"[^>]*>.*?Pippola/.test(html)).toBe(true);
  expect(htmlOf(<BrandSwitcher brands={brands.slice(1)} current="pippola" period={7} />)).toBe('');
});

test('periods are links, and the one shown says so', () => {
  const html = htmlOf(<PeriodLinks current={90} />, { at: '/brands/pippola' });
  expect(html.match(/href="[^"]*\?days=\d+"/g)).toHaveLength(3);
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(/<a[^>]*aria-current="page"[^>]*>90 days/.test(html)).toBe(true);
});

test('a day is the same day everywhere', () => {
  expect(dayText('2026-03-01')).toEqual({ short: '1 Mar', long: '1 March 2026' });
});
