import { type ComponentPropsWithoutRef, forwardRef, type ReactNode, useId } from 'react';
import { cn } from '../cn.ts';

export type SwitchProps = Omit<ComponentPropsWithoutRef<'input'>, 'type' | 'role'> & {
  label: ReactNode;
  hint?: ReactNode;
};

/** On or off, at once. A real checkbox underneath, so that it posts in a plain form. */
export const Switch = forwardRef<HTMLInputElement, SwitchProps>(function Switch(
  { label, hint, className, ...rest },
  ref,
) {
  const hintId = useId();
  return (
    <label className={cn('flex items-start justify-between gap-4 text-sm', className)}>
      <span className="grid gap-0.5">
        <span className="font-medium text-ink">{label}</span>
        {hint && (
          <span id={hintId} className="text-[13px] text-muted">
            {hint}
          </span>
        )}
      </span>
      <span className="relative h-6 w-10 shrink-0">
        <input
          ref={ref}
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: the checkbox underneath tells its own state.
          role="switch"
          aria-describedby={hint ? hintId : undefined}
          {...rest}
          className="peer absolute inset-0 h-6 w-10 appearance-none rounded-full border border-control bg-sunken transition-colors checked:border-accent checked:bg-accent disabled:opacity-50"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-control transition-[transform,background-color] duration-150 ease-out peer-checked:translate-x-4 peer-checked:bg-on-accent"
        />
      </span>
    </label>
  );
});
