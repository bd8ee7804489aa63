import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from '../cn.ts';

export type StatTileProps = {
  label: ReactNode;
  value: ReactNode;
  /** Against the time before, as a share: 0.12 is up by 12 %. Null: nothing to compare with. */
  change?: number | null;
  /** What the change is against: "than last week". */
  changeLabel?: string;
  /** A `Sparkline`. */
  trend?: ReactNode;
  hint?: ReactNode;
  className?: string;
};

export function StatTile({ label, value, change, changeLabel, trend, hint, className }: StatTileProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a number and what it counts, not form fields.
    <div
      role="group"
      aria-labelledby={id}
      className={cn('flex min-w-0 flex-col gap-1 rounded-xl border border-line bg-surface p-4', className)}
    >
      <p id={id} className="text-[13px] text-muted">
        {label}
      </p>
      <p className="truncate text-2xl font-semibold tracking-tight tabular-nums">{value}</p>
      {change != null && <Change change={change} label={changeLabel} />}
      {hint && <p className="text-[13px] text-faint">{hint}</p>}
      {trend && <div className="mt-auto pt-3">{trend}</div>}
    </div>
  );
}

function Change({ change, label }: { change: number; label?: string }) {
  const percent = `${Math.abs(change * 100).toLocaleString('en', { maximumFractionDigits: 1 })}%`;
  const Arrow = change < 0 ? ArrowDown : ArrowUp;
  return (
    <p
      className={cn(
        'flex items-center gap-1 text-[13px] tabular-nums',
        change > 0 ? 'text-success-text' : change < 0 ? 'text-danger-text' : 'text-muted',
      )}
    >
      {change !== 0 && <Arrow aria-hidden className="size-3.5" />}
      {change === 0 ? 'No change' : `${percent} ${change > 0 ? 'more' : 'less'}`}
      {label && <span className="text-muted">{label}</span>}
    </p>
  );
}
