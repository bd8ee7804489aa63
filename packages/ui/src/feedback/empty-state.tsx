import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type EmptyStateProps = {
  /** An icon, or a small picture. */
  media?: ReactNode;
  title: ReactNode;
  /** What to do so that it is not empty any more. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

export function EmptyState({ media, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={cn('mx-auto grid max-w-md justify-items-center gap-2 px-4 py-16 text-center', className)}>
      {media && (
        <div
          aria-hidden="true"
          className="mb-3 grid size-14 place-items-center rounded-2xl bg-sunken text-muted [&>svg]:size-6"
        >
          {media}
        </div>
      )}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children && <div className="text-sm text-muted">{children}</div>}
      {actions && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
