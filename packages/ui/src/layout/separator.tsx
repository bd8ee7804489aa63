import { cn } from '../cn.ts';

/** A hairline; with a word in it, a divider such as "or". */
export function Separator({ label, vertical, className }: { label?: string; vertical?: boolean; className?: string }) {
  if (vertical)
    return <span aria-hidden="true" className={cn('inline-block h-4 w-px self-center bg-line-strong', className)} />;
  if (!label) return <hr className={cn('border-line', className)} />;
  return (
    <div
      className={cn(
        'flex items-center gap-3 text-[13px] text-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line',
        className,
      )}
    >
      {label}
    </div>
  );
}
