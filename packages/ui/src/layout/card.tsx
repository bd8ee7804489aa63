import { Slot } from 'radix-ui';
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';
import { cn } from '../cn.ts';

export type CardProps = ComponentPropsWithoutRef<'div'> & {
  /** `plain` has no box: for pictures that carry themselves. */
  variant?: 'surface' | 'plain' | 'sunken';
  /** Answers to the pointer; the card then holds one link that covers it (`CardLink`). */
  interactive?: boolean;
  padding?: 'none' | 'md' | 'lg';
};

const VARIANTS = { surface: 'border border-line bg-surface', plain: '', sunken: 'bg-sunken' };
const PADDING = { none: '', md: 'p-4', lg: 'p-6' };

export const Card = forwardRef<HTMLDivElement, CardProps>(function Card(
  { variant = 'surface', interactive, padding = 'md', className, ...rest },
  ref,
) {
  return (
    <div
      ref={ref}
      {...rest}
      className={cn(
        'relative min-w-0 rounded-xl',
        VARIANTS[variant],
        PADDING[padding],
        interactive &&
          'transition-[border-color,box-shadow] duration-200 hover:border-line-strong hover:shadow-sm has-[.card-link:focus-visible]:outline-2 has-[.card-link:focus-visible]:outline-offset-2 has-[.card-link:focus-visible]:outline-focus',
        className,
      )}
    />
  );
});

/** The one link of an interactive card: its text is the name, its area the whole card. Other buttons need `relative z-10`. */
export function CardLink({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <Slot.Root className={cn('card-link outline-none after:absolute after:inset-0 after:rounded-[inherit]', className)}>
      {children}
    </Slot.Root>
  );
}
