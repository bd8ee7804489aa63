import { cn } from '@repo/ui';
import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  head: ReactNode;
  cell(row: Row): ReactNode;
  /** Right-aligned, in figures of one width. */
  isNumber?: boolean;
  className?: string;
};

export type DataTableProps<Row> = {
  /** Says what is listed; read out, not shown. */
  caption: string;
  /** The first column names the row, and stays in sight where the rest is scrolled. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** A last row, such as sums; in the order of the columns. */
  foot?: readonly ReactNode[];
  className?: string;
};

const CELL = 'px-3 py-2 align-top first:pl-4 last:pr-4';
const STAYS = 'sticky left-0 z-10 bg-surface text-left font-normal';

/** Many numbers close together. Narrower than its columns it scrolls by itself, never the page. */
export function DataTable<Row>({ caption, columns, rows, keyOf, foot, className }: DataTableProps<Row>) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className={cn('overflow-x-auto rounded-xl border border-line bg-surface', className)}
    >
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="text-[13px] text-muted">
          <tr className="border-b border-line">
            {columns.map(({ key, head, isNumber }, at) => (
              <th
                key={key}
                scope="col"
                className={cn(
                  CELL,
                  'font-normal whitespace-nowrap',
                  isNumber ? 'text-right' : 'text-left',
                  at === 0 && STAYS,
                )}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-line last:border-0">
              {columns.map(({ key, cell, isNumber, className: own }, at) =>
                at === 0 ? (
                  <th key={key} scope="row" className={cn(CELL, STAYS, own)}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} className={cn(CELL, isNumber && 'text-right whitespace-nowrap tabular-nums', own)}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr className="border-t border-line-strong font-medium">
              {foot.map((cell, at) =>
                at === 0 ? (
                  <th key={columns[at]!.key} scope="row" className={cn(CELL, STAYS, 'font-medium')}>
                    {cell}
                  </th>
                ) : (
                  <td
                    key={columns[at]!.key}
                    className={cn(CELL, columns[at]!.isNumber && 'text-right whitespace-nowrap tabular-nums')}
                  >
                    {cell}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
