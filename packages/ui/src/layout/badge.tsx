import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentPropsWithoutRef } from 'react';
import { cn } from '../cn.ts';

const badgeStyles = cva(
  'inline-flex max-w-full items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
  {
    variants: {
      tone: {
        neutral: 'bg-sunken text-muted',
        accent: 'bg-accent-soft text-accent-text',
        success: 'bg-success-soft text-success-text',
        warning: 'bg-warning-soft text-warning-text',
        danger: 'bg-danger-soft text-danger-text',
        outline: 'border border-line-strong text-muted',
        /** Over a picture. */
        media: 'bg-black/65 text-white',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type BadgeProps = ComponentPropsWithoutRef<'span'> & VariantProps<typeof badgeStyles>;

export function Badge({ tone, className, ...rest }: BadgeProps) {
  return <span {...rest} className={cn(badgeStyles({ tone }), className)} />;
}
