import type { UsageReport } from '@repo/domain/usage/schema';
import { Card, EmptyState } from '@repo/ui';
import { ChartColumn } from 'lucide-react';
import { CountedAt } from '#app/parts/page/counted-at.tsx';
import { UsageChart } from './usage-chart.tsx';
import { UsageForm } from './usage-form.tsx';
import type { UsageRules, UsageSearch } from './usage-search.ts';
import { UsageTable } from './usage-table.tsx';
import { UsageTiles } from './usage-tiles.tsx';

export type UsageViewProps = {
  page: string;
  search: UsageSearch;
  rules: UsageRules;
  /** By day, for the chart. */
  days: UsageReport;
  /** As the table lists it. */
  list: UsageReport;
  isForStaff: boolean;
};

/** Everything about usage in some days: what to count, sums, a chart and a table. */
export function UsageView({ page, search, rules, days, list, isForStaff }: UsageViewProps) {
  const hasAny = days.totals.calls > 0 || days.totals.credits !== 0;
  return (
    <div className="grid grid-cols-1 gap-6 pb-10">
      <UsageForm page={page} search={search} rules={rules} />
      {hasAny ? (
        <>
          <UsageTiles report={days} hasCosts={isForStaff} />
          <Card padding="lg">
            <UsageChart days={days} measure={search.show} />
          </Card>
          <UsageTable report={list} isForStaff={isForStaff} />
        </>
      ) : (
        <EmptyState media={<ChartColumn />} title="Nothing was used in these days">
          As soon as a model is asked for anything, its calls, pictures, tokens and credits are counted here. Choose
          other days to see earlier ones.
        </EmptyState>
      )}
      <CountedAt at={list.countedAt} />
    </div>
  );
}
