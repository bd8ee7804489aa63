import { cn } from '@repo/ui';
import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  head: string;
  cell(row: Row): ReactNode;
  /** Right-aligned, in figures of one width. */
  isNumber?: boolean;
  className?: string;
};

export type DataTableProps<Row> = {
  /** Says what is listed; read out, not shown. */
  caption: string;
  /** The first column names the row, and stays in sight where the rest is scrolled; on a phone it heads its block. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** A last row, such as sums; in the order of the columns. */
  foot?: readonly ReactNode[];
  className?: string;
};

const CELL = 'align-top sm:px-3 sm:py-2 sm:first:pl-4 sm:last:pr-4';
const STAYS = 'col-span-2 bg-surface text-left font-normal sm:sticky sm:left-0 sm:z-10';
const ROW = 'grid grid-cols-2 gap-x-4 gap-y-2 px-4 py-3 sm:table-row';
/** Where the head is not shown, each cell says itself what it holds. */
const NAMED =
  'min-w-0 max-sm:before:block max-sm:before:text-[13px] max-sm:before:font-normal max-sm:before:text-muted';
const LABEL = 'max-sm:before:content-[attr(data-label)]';
const NUMBER = 'whitespace-nowrap tabular-nums sm:text-right';

/**
 * Many numbers close together. On a phone each row is a block of named cells; else, narrower than its columns, it
 * scrolls by itself, never the page.
 */
export function DataTable<Row>({ caption, columns, rows, keyOf, foot, className }: DataTableProps<Row>) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className={cn('overflow-x-auto rounded-xl border border-line bg-surface', className)}
    >
      <table className="block w-full border-collapse text-sm sm:table">
        <caption className="sr-only">{caption}</caption>
        <thead className="hidden text-[13px] text-muted sm:table-header-group">
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
        <tbody className="block sm:table-row-group">
          {rows.map((row) => (
            <tr key={keyOf(row)} className={cn(ROW, 'border-b border-line last:border-0')}>
              {columns.map(({ key, head, cell, isNumber, className: own }, at) =>
                at === 0 ? (
                  <th key={key} scope="row" className={cn(CELL, STAYS, own)}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} data-label={head} className={cn(CELL, NAMED, LABEL, isNumber && NUMBER, own)}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && (
          <tfoot className="block sm:table-footer-group">
            <tr className={cn(ROW, 'border-t border-line-strong font-medium')}>
              {foot.map((cell, at) =>
                at === 0 ? (
                  <th key={columns[at]!.key} scope="row" className={cn(CELL, STAYS, 'font-medium')}>
                    {cell}
                  </th>
                ) : (
                  <td
                    key={columns[at]!.key}
                    data-label={columns[at]!.head}
                    className={cn(CELL, NAMED, LABEL, columns[at]!.isNumber && NUMBER)}
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
