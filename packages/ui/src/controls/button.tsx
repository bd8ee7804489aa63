import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent } from 'react';
import { cn } from '../cn.ts';
import { Spinner } from '../feedback/spinner.tsx';

/** Classes of a button, for the rare element that must look like one and cannot be `asChild`. */
export const buttonStyles = cva(
  'relative inline-flex select-none items-center justify-center text-center font-medium leading-tight transition-[background-color,border-color,color,transform] duration-150 active:scale-[0.985] disabled:pointer-events-none disabled:opacity-45 aria-disabled:cursor-default aria-disabled:active:scale-100 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        solid: 'bg-ink text-canvas hover:bg-ink/88',
        secondary: 'bg-sunken text-ink hover:bg-line',
        outline: 'border border-control/70 bg-transparent text-ink hover:bg-sunken',
        ghost: 'text-muted hover:bg-sunken hover:text-ink',
        danger: 'bg-danger text-on-danger hover:bg-danger/90',
        link: 'text-accent-text underline decoration-accent-text/40 underline-offset-4 hover:decoration-current',
      },
      size: {
        sm: 'min-h-8 gap-1.5 rounded-md px-3 py-1 text-[13px] pointer-coarse:min-h-10 [&_svg]:size-3.5',
        md: 'min-h-10 gap-2 rounded-lg px-4 py-2 text-sm [&_svg]:size-4',
        lg: 'min-h-12 gap-2.5 rounded-xl px-6 py-3 text-base [&_svg]:size-5',
      },
      wide: { true: 'w-full' },
    },
    compoundVariants: [{ variant: 'link', class: 'min-h-0 px-0 py-0 pointer-coarse:min-h-8' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonProps = ComponentPropsWithoutRef<'button'> &
  VariantProps<typeof buttonStyles> & {
    /** Work is under way: the width stays, the press does nothing, focus is kept. */
    pending?: boolean;
    /** What a screen reader hears while pending. */
    pendingLabel?: string;
    /** Renders the one child (a link) with the look of a button. */
    asChild?: boolean;
  };

/** One `primary` per view; everything else is quiet. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, size, wide, pending = false, pendingLabel = 'Working', asChild, className, children, onClick, ...rest },
  ref,
) {
  const classes = cn(buttonStyles({ variant, size, wide }), className);
  if (asChild) {
    return (
      <Slot.Root ref={ref} className={classes} onClick={onClick} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  const press = (event: MouseEvent<HTMLButtonElement>) => (pending ? event.preventDefault() : onClick?.(event));
  return (
    <button
      ref={ref}
      type="button"
      {...rest}
      className={classes}
      aria-busy={pending || undefined}
      aria-disabled={pending || rest['aria-disabled']}
      onClick={press}
    >
      <span className={cn('inline-flex items-center justify-center gap-[inherit]', pending && 'opacity-0')}>
        {children}
      </span>
      {pending && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner label={pendingLabel} />
        </span>
      )}
    </button>
  );
});
