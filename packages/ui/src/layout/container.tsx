import { Slot } from 'radix-ui';
import type { ComponentPropsWithoutRef } from 'react';
import { cn } from '../cn.ts';

const WIDTHS = { text: 'max-w-2xl', form: 'max-w-md', page: 'max-w-6xl', wide: 'max-w-[120rem]' };

export type ContainerProps = ComponentPropsWithoutRef<'div'> & { width?: keyof typeof WIDTHS; asChild?: boolean };

/** Centres the page and keeps its edges: 16 px on phones, 32 px from tablets on. */
export function Container({ width = 'page', asChild, className, ...rest }: ContainerProps) {
  const Tag = asChild ? Slot.Root : 'div';
  return <Tag {...rest} className={cn('mx-auto w-full px-4 sm:px-8', WIDTHS[width], className)} />;
}
