import { Tabs as Radix } from 'radix-ui';
import { type ComponentPropsWithoutRef, forwardRef, type HTMLAttributes } from 'react';
import { cn } from '../cn.ts';

export const Tabs = Radix.Root;

export const TabsList = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof Radix.List>>(function TabsList(
  { className, children, ...rest },
  ref,
) {
  return (
    <Radix.List ref={ref} {...rest} asChild>
      <Unstyled
        className={cn('flex gap-5 overflow-x-auto border-b border-line outline-none [scrollbar-width:none]', className)}
      >
        {children}
      </Unstyled>
    </Radix.List>
  );
});

export const TabsTrigger = forwardRef<HTMLButtonElement, ComponentPropsWithoutRef<typeof Radix.Trigger>>(
  function TabsTrigger({ className, ...rest }, ref) {
    return (
      <Radix.Trigger
        ref={ref}
        {...rest}
        className={cn(
          'relative flex min-h-11 shrink-0 items-center gap-2 text-sm text-muted outline-offset-[-2px] transition-colors after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 after:rounded-full hover:text-ink data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:after:bg-ink',
          className,
        )}
      />
    );
  },
);

export const TabsContent = forwardRef<HTMLDivElement, ComponentPropsWithoutRef<typeof Radix.Content>>(
  function TabsContent({ className, children, ...rest }, ref) {
    return (
      <Radix.Content ref={ref} {...rest} asChild>
        <Unstyled className={cn('pt-6', className)}>{children}</Unstyled>
      </Radix.Content>
    );
  },
);

/** Leaves out the inline style the library adds on the server, which a strict CSP refuses. */
const Unstyled = forwardRef<HTMLDivElement, HTMLAttributes<HTMLDivElement>>(function Unstyled(
  { style: _, ...rest },
  ref,
) {
  return <div ref={ref} {...rest} />;
});
