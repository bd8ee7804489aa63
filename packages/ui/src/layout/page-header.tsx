import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Breadcrumbs, a badge. */
  above?: ReactNode;
  className?: string;
};

/** The heading every page starts with. */
export function PageHeader({ title, description, actions, above, className }: PageHeaderProps) {
  return (
    <header className={cn('flex flex-wrap items-end justify-between gap-x-6 gap-y-4 py-8', className)}>
      <div className="grid min-w-0 max-w-2xl gap-1.5">
        {above}
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        {description && <p className="text-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
