import { cn } from '../cn.ts';

/** For waits too short to describe. `label` is what a screen reader hears; empty where words stand beside it. */
export function Spinner({ label = 'Loading', className }: { label?: string; className?: string }) {
  return (
    <span role={label ? 'status' : undefined} className={cn('inline-flex', className)}>
      <svg data-motion="essential" viewBox="0 0 16 16" aria-hidden="true" className="size-4 animate-spin">
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2" />
        <path d="M8 1.5A6.5 6.5 0 0 1 14.5 8" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
