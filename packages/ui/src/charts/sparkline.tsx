import { cn } from '../cn.ts';

export type SparklineProps = {
  values: readonly number[];
  /** What it shows, and which way it goes: it has no axes. */
  label: string;
  className?: string;
};

/** A line the height of some text. Needs two values. */
export function Sparkline({ values, label, className }: SparklineProps) {
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const points = values.map(
    (value, at) => `${((at / (values.length - 1)) * 100).toFixed(2)},${(30 - ((value - low) / range) * 28).toFixed(2)}`,
  );
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 32"
      preserveAspectRatio="none"
      className={cn('h-8 w-full overflow-visible', className)}
    >
      <polygon points={`0,32 ${points.join(' ')} 100,32`} className="fill-accent-soft" />
      <polyline
        points={points.join(' ')}
        fill="none"
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
        className="stroke-accent"
      />
    </svg>
  );
}
