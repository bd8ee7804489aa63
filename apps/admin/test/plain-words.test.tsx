import type { Weather } from '@repo/domain/generation/schema';
import type { UsageReport } from '@repo/domain/usage/schema';
import { expect, test } from 'vitest';
import { FailureList } from '#app/parts/engine/failure-list.tsx';
import { QueueTable } from '#app/parts/engine/queue-table.tsx';
import { WeatherList } from '#app/parts/engine/weather-list.tsx';
import { CallsTable } from '#app/parts/receipts/calls-table.tsx';
import { StaffNav } from '#app/parts/staff/staff-nav.tsx';
import { MEASURE, MEASURES } from '#app/parts/usage/measures.ts';
import { UsageChart } from '#app/parts/usage/usage-chart.tsx';
import { htmlOf, textOf } from '../../web/test/stage.tsx';

const nothing = {
  ...{ calls: 0, failures: 0, images: 0, videoSeconds: 0, inputTokens: 0, outputTokens: 0, microUsd: 0, credits: 0 },
  ...{ failureRate: 0, meanLatencyMs: null },
};
const days = (changes: Partial<UsageReport['rows'][number]> = {}) => ({
  rows: [
    { ...nothing, key: '2026-11-19', label: '2026-11-19' },
    { ...nothing, key: '2026-11-20', label: '2026-11-20', ...changes },
  ],
});

test.each(MEASURES)(
  'where there are no %s, a sentence stands in the place of a chart with a made-up axis',
  (measure) => {
    const html = htmlOf(<UsageChart days={days()} measure={measure} />);
    expect(html).not.toContain('<svg');
    expect(textOf(html)).toBe(`${MEASURE[measure].label} by day ${MEASURE[measure].none}`);
  },
);

test('a single day with something is drawn, and its axis starts at nothing', () => {
  const html = htmlOf(<UsageChart days={days({ microUsd: 40_000 })} measure="dollars" />);
  expect(html).toContain('2 bars, the highest $0.04');
  expect(textOf(html)).toContain('$0.00');
});

test('a failure is headed by a sentence, and the word it is noted under comes after', () => {
  const reasons = [{ reason: 'timed_out', sentence: 'The model took too long.', count: 2 }];
  const text = textOf(htmlOf(<FailureList lastHour={{ done: 1, failed: 2, cancelled: 0, reasons }} />));
  expect(text).toMatch(/^The model took too long\. Noted as “timed out”\. 2/);
});

test('what came of a call is told in words, also where it is new to this page', () => {
  const call = { at: new Date('2026-11-20T12:00:00Z'), model: 'm', provider: 'p', step: 'start', seconds: 1 };
  const outcomes = ['invalid', 'unavailable', 'done', 'quite_new'];
  const html = htmlOf(<CallsTable calls={outcomes.map((outcome) => ({ ...call, outcome }))} />);
  for (const words of ['Request could not be done', 'Could not be reached', 'Done', 'quite new']) {
    expect(textOf(html)).toContain(words);
  }
  expect(html).not.toMatch(/>(invalid|unavailable)</);
});

const weather = (changes: Partial<Weather>): Weather => ({
  ...{ provider: 'local', model: 'local/motion', label: 'Local motion', kind: 'video.create', state: 'healthy' },
  ...{ since: new Date('2026-11-07T00:00:00Z'), sentence: null, p50Seconds: null, p95Seconds: null, nextProbeAt: null },
  ...changes,
});

test('a model that nobody used is not called healthy; one that is down is called down, measured or not', () => {
  const unused = textOf(htmlOf(<WeatherList weather={[weather({})]} />));
  expect(unused).toContain('Not used lately');
  expect(unused).not.toContain('Healthy');
  expect(textOf(htmlOf(<WeatherList weather={[weather({ p50Seconds: 2 })]} />))).toContain('Healthy');
  const down = weather({ state: 'down', sentence: 'Local motion is down.' });
  expect(textOf(htmlOf(<WeatherList weather={[down]} />))).toMatch(/Local motion is down\. Down/);
});

test('every cell of a table carries the name of its column, for where the head has no room', () => {
  const queue = { provider: 'google', waiting: 3, running: 2, checking: 1, atOnce: 8 };
  const html = htmlOf(<QueueTable queues={[queue]} />);
  const labels = [...html.matchAll(/<td data-label="([^"]*)"/g)].map(([, label]) => label);
  expect(labels).toEqual(['Waiting', 'Running', 'Checking', 'Places taken']);
});

test('the staff’s pages wrap where they do not fit, so that the one shown is never cut off', () => {
  const html = htmlOf(<StaffNav />, { at: '/credits' });
  expect(html).toMatch(/<ul class="[^"]*flex-wrap/);
  expect(html).not.toContain('overflow-x');
});
