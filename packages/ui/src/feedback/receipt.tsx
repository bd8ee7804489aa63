import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type ReceiptRow = {
  label: ReactNode;
  value: ReactNode;
  /** A small line under the label: why. */
  note?: ReactNode;
  tone?: 'default' | 'muted' | 'success' | 'danger';
};

export type ReceiptProps = {
  title: ReactNode;
  /** Under the title: a number, a time. */
  subtitle?: ReactNode;
  rows: readonly ReceiptRow[];
  total?: { label: ReactNode; value: ReactNode };
  /** The last line: what it came to. */
  status?: ReactNode;
  statusTone?: 'success' | 'danger' | 'warning' | 'neutral';
  className?: string;
};

const VALUE_TONES = {
  default: 'text-ink',
  muted: 'text-muted',
  success: 'text-success-text',
  danger: 'text-danger-text',
};
const STATUS_TONES = {
  success: 'text-success-text',
  danger: 'text-danger-text',
  warning: 'text-warning-text',
  neutral: 'text-muted',
};

/** A small printed slip: what was asked, what it came to, and why. */
export function Receipt({ title, subtitle, rows, total, status, statusTone = 'neutral', className }: ReceiptProps) {
  return (
    <section className={cn('w-full max-w-sm drop-shadow-(--receipt-shadow)', className)}>
      <div className="receipt-edge rounded-t-lg bg-raised px-5 pt-5 pb-7 font-mono text-[13px] leading-snug tabular-nums">
        <header className="border-b border-dashed border-control pb-3">
          <h3 className="font-sans text-sm font-semibold tracking-normal">{title}</h3>
          {subtitle && <p className="mt-0.5 text-xs text-muted">{subtitle}</p>}
        </header>
        <dl className="grid gap-2 py-3">
          {rows.map((row, at) => (
            <div key={at} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4">
              <dt className="text-muted">
                {row.label}
                {row.note && <span className="block text-xs text-faint">{row.note}</span>}
              </dt>
              <dd className={cn('max-w-44 text-right break-words', VALUE_TONES[row.tone ?? 'default'])}>{row.value}</dd>
            </div>
          ))}
        </dl>
        {total && (
          <dl className="border-t border-dashed border-control pt-3">
            <div className="flex items-baseline justify-between gap-4 text-[15px] font-semibold">
              <dt>{total.label}</dt>
              <dd>{total.value}</dd>
            </div>
          </dl>
        )}
        {status && <p className={cn('mt-3 font-sans text-[13px]', STATUS_TONES[statusTone])}>{status}</p>}
      </div>
    </section>
  );
}
