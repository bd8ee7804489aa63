import { ChevronDown } from 'lucide-react';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { cn } from '../cn.ts';
import { controlStyles } from './control-styles.ts';
import { useFieldControl } from './field.tsx';

export type SelectOption = { value: string; label: string; disabled?: boolean };
export type SelectProps = ComponentPropsWithoutRef<'select'> & {
  options?: readonly SelectOption[];
  /** Shown while nothing is chosen; cannot be chosen itself. */
  placeholder?: string;
};

/** The platform's own list: works in plain forms, with every keyboard and phone, before scripts arrive. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select(
  { options, placeholder, className, children, ...rest },
  ref,
) {
  const wiring = useFieldControl(rest);
  const untouched = placeholder && rest.value === undefined && rest.defaultValue === undefined;
  return (
    <span className="relative block">
      <select
        ref={ref}
        {...(untouched ? { defaultValue: '' } : {})}
        {...rest}
        {...wiring}
        className={cn(controlStyles, 'h-10 appearance-none truncate pr-9', className)}
      >
        {placeholder && (
          <option value="" disabled>
            {placeholder}
          </option>
        )}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-3 right-3 size-4 text-muted" />
    </span>
  );
});
