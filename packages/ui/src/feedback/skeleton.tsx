import { cn } from '../cn.ts';

/** Holds the place of something on its way; give it that thing's size. Put one `role="status"` on the whole region. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block h-4 animate-shimmer rounded-md bg-line', className)} />;
}
