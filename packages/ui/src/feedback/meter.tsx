import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type MeterProps = {
  /** Says what is measured; for screen readers, the words beside it are shown. */
  label: string;
  /** 0 to 1; more than 1 is full. */
  value: number;
  /** Read out instead of a percentage, such as "12 of 20". */
  valueText?: string;
  tone?: 'ink' | 'warning' | 'danger';
  /** Shown below, small. */
  children?: ReactNode;
  className?: string;
};

const TONES = { ink: 'fill-control', warning: 'fill-warning', danger: 'fill-danger' };

/** How much of something is used up. Unlike a progress bar, nothing is under way. */
export function Meter({ label, value, valueText, tone = 'ink', children, className }: MeterProps) {
  const percent = Math.round(Math.min(1, Math.max(0, Number.isNaN(value) ? 0 : value)) * 100);
  return (
    <div className={cn('grid gap-1', className)}>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter of the browser's own cannot be styled alike everywhere. */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={valueText}
        className="h-1 overflow-hidden rounded-full bg-line-strong/70"
      >
        <svg aria-hidden="true" width="100%" height="100%" className="block">
          <rect
            width={`${percent}%`}
            height="100%"
            rx="2"
            className={cn('transition-[width] duration-300 ease-out', TONES[tone])}
          />
        </svg>
      </div>
      {children && <div className="text-xs text-muted tabular-nums">{children}</div>}
    </div>
  );
}
