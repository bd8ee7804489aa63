import { Check } from 'lucide-react';
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode, useId } from 'react';
import { cn } from '../cn.ts';

export type CheckboxProps = Omit<ComponentPropsWithoutRef<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode };

export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox(
  { label, hint, className, ...rest },
  ref,
) {
  const hintId = useId();
  return (
    <label className={cn('group flex items-start gap-3 text-sm', className)}>
      <span className="relative mt-px grid size-5 shrink-0 place-items-center">
        <input
          ref={ref}
          type="checkbox"
          aria-describedby={hint ? hintId : undefined}
          {...rest}
          className="peer absolute inset-0 size-5 appearance-none rounded-[5px] border border-control bg-surface transition-colors checked:border-ink checked:bg-ink hover:border-muted disabled:opacity-50"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none relative size-3.5 text-canvas opacity-0 transition-opacity peer-checked:opacity-100"
        />
      </span>
      <span className="grid gap-0.5 pt-px">
        <span className="text-ink">{label}</span>
        {hint && (
          <span id={hintId} className="text-[13px] text-muted">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
});
