import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react';
import { cn } from '../cn.ts';
import { floatingStyles } from './menu-styles.ts';

const itemStyles =
  'relative flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none data-disabled:opacity-45 data-highlighted:bg-sunken pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted';

/** Not modal: the page behind can be scrolled, and no scroll lock has to add a style. */
export function DropdownMenu({ modal = false, ...rest }: ComponentPropsWithoutRef<typeof Radix.Root>) {
  return <Radix.Root modal={modal} {...rest} />;
}
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuGroup = Radix.Group;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export const DropdownMenuContent = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof Radix.Content>>(
  function DropdownMenuContent({ className, align = 'end', sideOffset = 6, ...rest }, ref) {
    return (
      <Radix.Portal>
        <Radix.Content
          ref={ref}
          align={align}
          sideOffset={sideOffset}
          collisionPadding={8}
          {...rest}
          className={cn(
            floatingStyles,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto p-1',
            className,
          )}
        />
      </Radix.Portal>
    );
  },
);

export type DropdownMenuItemProps = ComponentPropsWithoutRef<typeof Radix.Item> & { tone?: 'danger' };

export const DropdownMenuItem = forwardRef<HTMLDivElement, DropdownMenuItemProps>(function DropdownMenuItem(
  { tone, className, ...rest },
  ref,
) {
  return (
    <Radix.Item
      ref={ref}
      {...rest}
      className={cn(
        itemStyles,
        tone === 'danger' && 'text-danger-text data-highlighted:bg-danger-soft [&_svg]:text-current',
        className,
      )}
    />
  );
});

export const DropdownMenuRadioItem = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof Radix.RadioItem>>(
  function DropdownMenuRadioItem({ className, children, ...rest }, ref) {
    return (
      <Radix.RadioItem ref={ref} {...rest} className={cn(itemStyles, 'pr-9', className)}>
        {children}
        <Radix.ItemIndicator className="absolute right-2.5">
          <Check aria-hidden />
        </Radix.ItemIndicator>
      </Radix.RadioItem>
    );
  },
);

export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2.5 pt-2 pb-1 text-xs text-faint">{children}</Radix.Label>;
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
