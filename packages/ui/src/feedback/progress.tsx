import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type ProgressProps = {
  /** Says what is progressing; shown unless `hideLabel`. */
  label: ReactNode;
  hideLabel?: boolean;
  /** 0 to 1. Null: honestly unknown, nothing pretends to fill. */
  value: number | null;
  /** Shown at the right end instead of a percentage: "12 of 50 MB". */
  detail?: ReactNode;
  tone?: 'accent' | 'ink' | 'danger' | 'success';
  className?: string;
};

const TONES = { accent: 'fill-accent', ink: 'fill-ink', danger: 'fill-danger', success: 'fill-success' };

export function Progress({ label, hideLabel, value, detail, tone = 'accent', className }: ProgressProps) {
  const percent = value === null || Number.isNaN(value) ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  const name = typeof label === 'string' ? label : undefined;
  return (
    <div className={cn('grid gap-2', className)}>
      {!hideLabel && (
        <div className="flex items-baseline justify-between gap-4 text-sm">
          <span className="min-w-0 text-ink">{label}</span>
          <span className="shrink-0 text-[13px] text-muted tabular-nums">
            {detail ?? (percent === null ? '' : `${percent}%`)}
          </span>
        </div>
      )}
      <div
        role="progressbar"
        aria-label={name ?? 'Progress'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        aria-valuetext={typeof detail === 'string' ? detail : undefined}
        className="h-1.5 overflow-hidden rounded-full bg-line-strong"
      >
        {percent === null ? (
          <div data-motion="essential" className="h-full w-2/5 animate-slide rounded-full bg-current text-control" />
        ) : (
          <svg aria-hidden="true" width="100%" height="100%" className="block">
            <rect
              width={`${percent}%`}
              height="100%"
              rx="3"
              className={cn('transition-[width] duration-300 ease-out', TONES[tone])}
            />
          </svg>
        )}
      </div>
    </div>
  );
}
