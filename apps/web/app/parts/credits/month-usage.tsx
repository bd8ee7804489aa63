import { metricText, resetText } from '@repo/domain/quotas/rules';
import type { QuotaReport } from '@repo/domain/quotas/schema';
import { Card } from '@repo/ui';
import { monthOf, QuotaMeter } from '#app/parts/quotas/usage-bar.tsx';

/** What was used this month of what may be. */
export function MonthUsage({ report }: { report: QuotaReport }) {
  const limited = report.lines.filter(({ limit }) => limit !== null);
  const free = report.lines.filter(({ limit, used }) => limit === null && used > 0);
  return (
    <Card className="grid gap-4">
      <h2 className="font-semibold">Used in {monthOf(report)}</h2>
      {limited.map((line) => (
        <QuotaMeter key={line.metric} line={line} />
      ))}
      <p className="text-sm text-muted">
        {free.length > 0 ? (
          <>
            {limited.length > 0 && 'Without a limit: '}
            {free.map(({ metric, used }) => metricText(metric, used)).join(', ')}.
          </>
        ) : (
          limited.length === 0 && 'Nothing yet.'
        )}{' '}
        {limited.length === 0
          ? 'No limits are set but the credits themselves.'
          : `Counting starts again on ${resetText(report.resetsAt)}.`}
      </p>
    </Card>
  );
}
