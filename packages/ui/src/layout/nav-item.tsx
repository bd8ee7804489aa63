import { Slot } from 'radix-ui';
import type { ReactElement } from 'react';
import { cn } from '../cn.ts';

export type NavItemProps = {
  /** The page it leads to is the one shown. */
  active?: boolean;
  className?: string;
  /** The link. */
  children: ReactElement;
};

/** A link of the main navigation. */
export function NavItem({ active, className, children }: NavItemProps) {
  return (
    <Slot.Root
      aria-current={active ? 'page' : undefined}
      className={cn(
        'inline-flex min-h-9 items-center gap-2 rounded-md px-3 text-sm text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink pointer-coarse:min-h-11 [&_svg]:size-4',
        className,
      )}
    >
      {children}
    </Slot.Root>
  );
}
