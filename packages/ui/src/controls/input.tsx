import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';
import { cn } from '../cn.ts';
import { controlStyles } from './control-styles.ts';
import { useFieldControl } from './field.tsx';

export type InputProps = ComponentPropsWithoutRef<'input'> & {
  /** A small icon or unit before the text. */
  leading?: ReactNode;
  /** A small icon, unit or button after the text. */
  trailing?: ReactNode;
};

export const Input = forwardRef<HTMLInputElement, InputProps>(function Input(
  { leading, trailing, className, ...rest },
  ref,
) {
  const wiring = useFieldControl(rest);
  const input = (
    <input
      ref={ref}
      type="text"
      {...rest}
      {...wiring}
      className={cn(controlStyles, 'h-10', leading && 'pl-9', trailing && 'pr-10', className)}
    />
  );
  // What comes and goes (`false`, then a button) keeps its frame: an input that moves is a new one, without what was typed.
  if (leading === undefined && trailing === undefined) return input;
  return (
    <span className="relative block">
      {leading && (
        <span className="pointer-events-none absolute inset-y-0 left-0 grid w-9 place-items-center text-faint [&_svg]:size-4">
          {leading}
        </span>
      )}
      {input}
      {trailing && (
        <span className="absolute inset-y-0 right-0 grid w-10 place-items-center text-faint [&_svg]:size-4">
          {trailing}
        </span>
      )}
    </span>
  );
});
