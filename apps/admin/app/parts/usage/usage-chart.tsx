import type { UsageReport } from '@repo/domain/usage/schema';
import { BarChart } from '@repo/ui';
import { dayText } from '#app/parts/report/day-text.ts';
import { MEASURE, type Measure } from './measures.ts';

/** One measure by day. Where there is none of it, a sentence: an axis without bars would have to make up its numbers. */
export function UsageChart({ days, measure: name }: { days: Pick<UsageReport, 'rows'>; measure: Measure }) {
  const measure = MEASURE[name];
  const bars = days.rows.map((row) => {
    const { short, long } = dayText(row.key!);
    return { key: row.key!, label: short, longLabel: long, value: Math.max(0, measure.of(row)) };
  });
  const title = `${measure.label} by day`;
  if (bars.every(({ value }) => value === 0)) {
    return (
      <div className="grid gap-0.5">
        <p className="text-sm font-medium">{title}</p>
        <p className="text-[13px] text-muted">{measure.none}</p>
      </div>
    );
  }
  return (
    <BarChart
      title={title}
      description={measure.about}
      data={bars}
      formatValue={measure.text}
      valueLabel={measure.label}
    />
  );
}
