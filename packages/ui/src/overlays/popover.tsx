import { Popover as Radix } from 'radix-ui';
import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { cn } from '../cn.ts';
import { floatingStyles } from './menu-styles.ts';

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;
export const PopoverClose = Radix.Close;

/** Give it `aria-label` or `aria-labelledby`: it is announced as a dialog. */
export const PopoverContent = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof Radix.Content>>(
  function PopoverContent({ className, sideOffset = 8, ...rest }, ref) {
    return (
      <Radix.Portal>
        <Radix.Content
          ref={ref}
          sideOffset={sideOffset}
          collisionPadding={8}
          {...rest}
          className={cn(
            floatingStyles,
            'max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] overflow-y-auto p-4 text-sm',
            className,
          )}
        />
      </Radix.Portal>
    );
  },
);
