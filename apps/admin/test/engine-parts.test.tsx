import type { AlertView } from '@repo/domain/alerts/schema';
import type { CatalogueModel, EngineReport, StaffReceipt } from '@repo/domain/operations/schema';
import type { QuotaReport } from '@repo/domain/quotas/schema';
import type { UsageReport } from '@repo/domain/usage/schema';
import { expect, test } from 'vitest';
import { OpenAlerts, PastAlerts } from '#app/parts/alerts/alert-list.tsx';
import { BrandHeader } from '#app/parts/brand/brand-header.tsx';
import { AdjustPanel } from '#app/parts/credits/adjust-panel.tsx';
import { EngineTiles } from '#app/parts/engine/engine-tiles.tsx';
import { ModelCard } from '#app/parts/engine/model-card.tsx';
import { RetirementNotice } from '#app/parts/engine/retirement-notice.tsx';
import { StuckWork } from '#app/parts/engine/stuck-work.tsx';
import { QuotaBoard } from '#app/parts/quotas/quota-board.tsx';
import { RefundPanel } from '#app/parts/receipts/refund-panel.tsx';
import { FindForm } from '#app/parts/staff/find-form.tsx';
import { StaffNav } from '#app/parts/staff/staff-nav.tsx';
import { UsageTable } from '#app/parts/usage/usage-table.tsx';
import { htmlOf, textOf } from '../../web/test/stage.tsx';

const at = new Date('2026-11-20T12:04:05Z');

const aModel = (changes: Partial<CatalogueModel> = {}): CatalogueModel => ({
  id: 'google/banana',
  label: 'Gemini (banana)',
  provider: 'google',
  prices: [{ kind: 'image.edit', per: 'image', credits: 4 }],
  typicalSeconds: 12,
  isPaid: true,
  isStandIn: false,
  isEnabled: true,
  atOnce: 8,
  costs: [{ per: 'image', microUsd: 39_000 }],
  retiresOn: null,
  retirement: null,
  health: [
    {
      kind: 'image.edit',
      state: 'healthy',
      since: null,
      sentence: null,
      p50Seconds: 9.4,
      p95Seconds: 15,
      nextProbeAt: null,
    },
  ],
  ...changes,
});

const aReport = (changes: Partial<EngineReport> = {}): EngineReport => ({
  queues: [{ provider: 'google', waiting: 3, running: 2, checking: 1, atOnce: 8 }],
  oldestWaiting: null,
  lastHour: { done: 7, failed: 1, cancelled: 0, reasons: [] },
  stuck: [],
  countedAt: at,
  ...changes,
});

test('a model tells its price, its cost to the tenth of a cent, and how fast it is measured', () => {
  const text = textOf(htmlOf(<ModelCard model={aModel()} />));
  expect(text).toContain('$0.039 / image');
  expect(text).toContain('Remix of a picture 4 credits / image Half within 9.4 s 95 % 15 s Healthy');
  expect(text).toContain('Ends on Not announced');
});

test('a model that is down says since when and when it is tried again; one that ends is marked', () => {
  const [health] = aModel().health;
  const down = { ...health!, state: 'down' as const, since: at, nextProbeAt: new Date(at.getTime() + 60_000) };
  const text = textOf(
    htmlOf(<ModelCard model={aModel({ health: [down], retiresOn: '2026-11-01', retirement: 'past' })} />),
  );
  expect(text).toContain('Down since 20 Nov 2026, 12:04 UTC , tried again from 12:05:05 UTC on');
  expect(text).toContain('2026-11-01 Past');
  const trying = { ...down, nextProbeAt: null };
  expect(textOf(htmlOf(<ModelCard model={aModel({ health: [trying] })} />))).toContain('being tried again now');
});

test('a model that is switched off, a stand-in and a free one say so', () => {
  const text = textOf(
    htmlOf(
      <ModelCard
        model={aModel({
          isEnabled: false,
          isStandIn: true,
          costs: [],
          prices: [{ kind: 'image.edit', per: 'call', credits: 0 }],
        })}
      />,
    ),
  );
  for (const words of ['Switched off', 'Stand-in, no model', 'Costs us Nothing', 'Free']) expect(text).toContain(words);
});

test('a warning stands only where there is something to warn of', () => {
  expect(htmlOf(<RetirementNotice warnings={[]} />)).toBe('');
  const html = htmlOf(<RetirementNotice warnings={['a/b ends on 2026-11-30 (in 10 days)']} hasLink />);
  expect(textOf(html)).toContain('A model ends a/b ends on 2026-11-30 (in 10 days).');
  expect(html).toContain('href="/models"');
});

test('the engine is told in four numbers', () => {
  const oldest = { id: 'x', kind: 'image.edit', status: 'queued', provider: 'google', modelLabel: 'G' } as const;
  const waiting = { ...oldest, since: new Date(at.getTime() - 401_000) };
  const text = textOf(htmlOf(<EngineTiles report={aReport({ oldestWaiting: waiting })} />));
  expect(text).toContain('Waiting 3 the oldest for 6 min 41 s');
  expect(text).toContain('Under way 3 1 being checked');
  expect(text).toContain('Failed in the last hour 1 of 8 that ended, 12.5%');
  expect(text).toContain('Stuck 0 none, as it should be');
});

test('stuck work leads to its receipt, and none shows nothing', () => {
  expect(htmlOf(<StuckWork stuck={[]} />)).toBe('');
  const html = htmlOf(
    <StuckWork
      stuck={[{ id: 'gen-1', kind: 'image.edit', status: 'running', provider: 'g', modelLabel: 'Gemini', since: at }]}
    />,
  );
  expect(html).toContain('href="/receipts/gen-1"');
  expect(textOf(html)).toContain('Nobody was at them for 2 minutes');
});

test('the staff’s pages are led to, and a receipt is among the credits', () => {
  const html = htmlOf(<StaffNav />, { at: '/receipts/x' });
  expect(html.match(/aria-current="page"/g)).toHaveLength(1);
  expect(/<a[^>]*aria-current="page"[^>]*>Credits/.test(html)).toBe(true);
});

test('a search that finds nobody says what to do, and its words stay text', () => {
  const matches = { people: [], brands: [], generation: null, hasMore: false };
  const html = htmlOf(<FindForm page="credits" words="<b>ann" error={null} matches={matches} />);
  expect(textOf(html)).toContain('Nobody is called “<b>ann”');
  expect(html).toContain('value="&lt;b&gt;ann"');
  const found = { ...matches, people: [{ id: 'p1', name: 'Ann', email: 'ann@example.com', isGuest: false }] };
  expect(htmlOf(<FindForm page="quotas" words="ann" error={null} matches={found} />)).toContain(
    'href="/quotas/people/p1"',
  );
});

test('an adjustment is shown once more, with the balance after it and the key of the press', () => {
  const review = {
    way: 'take' as const,
    amount: 30,
    reason: 'A <i>mistake</i>',
    balance: 100,
    idempotencyKey: 'key-1',
  };
  const html = htmlOf(<AdjustPanel name="Ann" page="/credits/people/1" rejection={null} review={review} />);
  expect(textOf(html)).toContain('Take 30 credits from Ann? Balance now 100 Afterwards 70 A <i>mistake</i>');
  expect(html).toContain('name="idempotencyKey" value="key-1"');
  expect(html).toContain('name="intent" value="adjust"');
  expect(html).not.toContain('<i>');
});

test('a form that was not taken keeps what was typed, and its errors stand at their fields', () => {
  const rejection = {
    message: null,
    fields: { amount: ['Type how many credits.'] },
    values: { way: 'take', amount: 'x', reason: 'Because' },
    signIn: null,
    status: 400,
  };
  const html = htmlOf(<AdjustPanel name="Ann" page="/p" rejection={rejection} review={null} />);
  expect(html).toMatch(/<input[^>]*value="take"[^>]*checked|<input[^>]*checked=""[^>]*value="take"/);
  expect(html).toContain('>Because</textarea>');
  expect(html).toMatch(/aria-invalid="true"[^>]*value="x"|value="x"[^>]*aria-invalid="true"/);
  expect(textOf(html)).toContain('Type how many credits.');
});

const aReceipt = (changes: Partial<StaffReceipt> = {}): StaffReceipt =>
  ({
    generationId: 'gen-1',
    payer: { kind: 'user', name: 'Ann', id: 'u1' },
    held: 4,
    captured: 4,
    released: 0,
    refunded: 0,
    ...changes,
  }) as StaffReceipt;

test.each<[Partial<StaffReceipt>, string]>([
  [{ captured: 0, held: 4, released: 4 }, 'Nothing was charged for it, so there is nothing to give back.'],
  [{ captured: 0 }, 'It is not settled yet: the credits are only held.'],
  [{ refunded: 4 }, 'The 4 credits were given back already.'],
])('of %j there is nothing to refund, and the reason is said', (changes, sentence) => {
  const html = htmlOf(<RefundPanel receipt={aReceipt(changes)} rejection={null} review={null} />);
  expect(textOf(html)).toContain(sentence);
  expect(html).not.toContain('<form');
});

test('a refund is asked for with a reason', () => {
  const html = htmlOf(<RefundPanel receipt={aReceipt()} rejection={null} review={null} />);
  expect(textOf(html)).toContain('Refund 4 credits');
  expect(html).toContain('name="reason"');
});

const quotas = (maySet: boolean): QuotaReport => ({
  subject: { kind: 'brand', id: 'b1', name: 'Pippola' },
  month: '2026-11',
  resetsAt: new Date('2026-12-01T00:00:00Z'),
  lines: [
    { metric: 'images', label: 'Pictures', used: 41, limit: 50, fraction: 0.82, warning: 'soft', sentence: 'x' },
    { metric: 'credits', label: 'Credits', used: 9, limit: null, fraction: null, warning: null, sentence: null },
  ],
  maySet,
});

test('limits are set by those who may; others see them and are told whose they are', () => {
  const mine = htmlOf(<QuotaBoard report={quotas(true)} rejection={null} whoMay="Only the owners." />);
  expect(mine.match(/<form/g)).toHaveLength(2);
  expect(mine.match(/value="clear"/g)).toHaveLength(1);
  expect(textOf(mine)).not.toContain('Only the owners.');
  const theirs = htmlOf(<QuotaBoard report={quotas(false)} rejection={null} whoMay="Only the owners." />);
  expect(theirs).not.toContain('<form');
  expect(textOf(theirs)).toContain('Only the owners.');
  expect(textOf(theirs)).toContain('41 of 50 9 pictures left.');
  expect(theirs).toContain('aria-valuetext="41 of 50"');
});

test('usage has its sums below, and dollars for the staff alone', () => {
  const counts = {
    calls: 10,
    failures: 1,
    failureRate: 0.1,
    images: 9,
    videoSeconds: 0,
    inputTokens: 1_000,
    outputTokens: 500,
    microUsd: 351_000,
    meanLatencyMs: 900,
    credits: 36,
  };
  const report: UsageReport = {
    from: '2026-11-01',
    to: '2026-11-20',
    groupBy: 'user',
    rows: [{ key: 'u1', label: 'Ann', ...counts }],
    leftOut: 2,
    totals: counts,
    microUsdPerCredit: 9_750,
    countedAt: at,
  };
  const staff = htmlOf(<UsageTable report={report} isForStaff />);
  expect(textOf(staff)).toContain('Ann 10 1 (10%) 9 0 1,500 36 $0.35 $0.00975');
  expect(textOf(staff)).toContain('2 more with less are not listed');
  expect(staff).toContain('href="/credits/people/u1"');
  const brand = htmlOf(<UsageTable report={report} isForStaff={false} />);
  expect(brand).not.toContain('$');
  expect(brand).not.toContain('href=');
});

test.each([
  ['owner', 4],
  ['admin', 4],
  ['editor', 3],
  ['analyst', 3],
] as const)('a brand’s %s is led to %i pages of it', (role, count) => {
  const brand = { id: 'b1', name: 'Pippola', slug: 'pippola', accentColor: null, role };
  const html = htmlOf(<BrandHeader brands={[brand]} brand={brand} page="/quotas" description="What it may use." />);
  expect(html.match(/href="\/brands\/pippola/g)).toHaveLength(count);
  expect(/<a[^>]*aria-current="page"[^>]*>Quotas/.test(html)).toBe(true);
});

test('an alert says how grave it is, what is wrong, what to do and since when; one that is over, from when to when', () => {
  const alert: AlertView = {
    id: 'a1',
    key: 'ledger',
    rule: 'ledger',
    severity: 'critical',
    what: 'The books are not even.',
    todo: 'Stop the workers.',
    openedAt: at,
    lastSeenAt: at,
    closedAt: null,
  };
  const html = htmlOf(<OpenAlerts alerts={[alert, { ...alert, id: 'a2', severity: 'warning' }]} />);
  expect(html.match(/<li/g)).toHaveLength(2);
  expect(textOf(html)).toMatch(/^Critical The books are not even\. Stop the workers\. Since .+, last seen .+ Warning/);
  expect(textOf(htmlOf(<PastAlerts alerts={[{ ...alert, closedAt: at }]} />))).toMatch(
    /^The books are not even\. .+ to .+/,
  );
});
