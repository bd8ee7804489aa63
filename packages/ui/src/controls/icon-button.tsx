import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';
import { cn } from '../cn.ts';
import { Tooltip } from '../overlays/tooltip.tsx';
import { Button, type ButtonProps } from './button.tsx';

const SIZES = { sm: 'size-8 min-h-8 pointer-coarse:size-10', md: 'size-10', lg: 'size-12' };

export type IconButtonProps = Omit<ComponentPropsWithoutRef<'button'>, 'aria-label' | 'children'> &
  Pick<ButtonProps, 'variant' | 'pending' | 'asChild'> & {
    /** The accessible name, and the tooltip. */
    label: string;
    size?: keyof typeof SIZES;
    /** Off where the label stands beside the button anyway. */
    tooltip?: boolean;
    /** The icon, or with `asChild` a link around the icon. */
    children: ReactNode;
  };

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { label, size = 'md', variant = 'ghost', tooltip = true, className, ...rest },
  ref,
) {
  const button = (
    <Button
      ref={ref}
      aria-label={label}
      variant={variant}
      className={cn('shrink-0 rounded-full p-0', SIZES[size], className)}
      {...rest}
    />
  );
  return tooltip ? <Tooltip content={label}>{button}</Tooltip> : button;
});
