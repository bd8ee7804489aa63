import { Link } from '@remix-run/react';
import { microUsdText } from '@repo/domain/usage/rules';
import type { UsageReport, UsageRow } from '@repo/domain/usage/schema';
import { dayText } from '#app/parts/report/day-text.ts';
import { subjectAddress } from '#app/parts/staff/subject-address.ts';
import { type Column, DataTable } from '#app/parts/table/data-table.tsx';
import { MEASURE } from './measures.ts';
import { GROUP_LABELS } from './usage-form.tsx';

export type UsageTableProps = { report: UsageReport; isForStaff: boolean };

/** What was used, row by row, with the sums below. */
export function UsageTable({ report, isForStaff }: UsageTableProps) {
  const { groupBy, rows, totals, leftOut } = report;
  // A day on which nothing happened has its place in the chart, and none here.
  const shown = groupBy === 'day' ? rows.filter(({ calls, credits }) => calls > 0 || credits !== 0).toReversed() : rows;
  const columns = columnsFor(groupBy, isForStaff);
  if (shown.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-2">
      <DataTable
        caption={`Usage by ${GROUP_LABELS[groupBy].toLowerCase()}`}
        columns={columns}
        rows={shown}
        keyOf={({ key }) => key ?? 'none'}
        foot={columns.map(({ key, cell }) => (key === 'label' ? 'In all' : cell({ key: null, label: '', ...totals })))}
      />
      {leftOut > 0 && (
        <p className="text-[13px] text-muted">
          {leftOut.toLocaleString('en')} more with less are not listed, but counted in all sums.
        </p>
      )}
    </div>
  );
}

function columnsFor(groupBy: UsageReport['groupBy'], isForStaff: boolean): Column<UsageRow>[] {
  const number = (key: keyof typeof MEASURE): Column<UsageRow> => ({
    key,
    head: MEASURE[key].label,
    isNumber: true,
    cell: (row) => MEASURE[key].text(MEASURE[key].of(row)),
  });
  return [
    {
      key: 'label',
      head: GROUP_LABELS[groupBy],
      cell: (row) => <Name row={row} groupBy={groupBy} isForStaff={isForStaff} />,
      className: 'sm:max-w-72 sm:min-w-28',
    },
    number('calls'),
    {
      key: 'failures',
      head: 'Failed',
      isNumber: true,
      cell: ({ failures, failureRate }) =>
        failures === 0 ? (
          <span className="text-faint">0</span>
        ) : (
          <>
            {failures.toLocaleString('en')}{' '}
            <span className="text-muted">
              ({failureRate.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 })})
            </span>
          </>
        ),
    },
    number('images'),
    number('film'),
    number('tokens'),
    number('credits'),
    ...(isForStaff ? [number('dollars'), perCredit] : []),
  ];
}

const perCredit: Column<UsageRow> = {
  key: 'per-credit',
  head: '$ per credit',
  isNumber: true,
  cell: ({ microUsd, credits }) =>
    credits > 0 ? microUsdText(microUsd / credits) : <span className="text-faint">–</span>,
};

type NameProps = { row: UsageRow; groupBy: UsageReport['groupBy']; isForStaff: boolean };

function Name({ row: { key, label }, groupBy, isForStaff }: NameProps) {
  if (groupBy === 'day' && key) return <time dateTime={key}>{dayText(key).long}</time>;
  const text = <span className="break-words">{label}</span>;
  if (!isForStaff || key === null || (groupBy !== 'brand' && groupBy !== 'user')) return text;
  return (
    <Link
      to={subjectAddress('credits', groupBy, key)}
      className="font-medium underline decoration-control/60 underline-offset-4 hover:decoration-current"
    >
      {text}
    </Link>
  );
}
