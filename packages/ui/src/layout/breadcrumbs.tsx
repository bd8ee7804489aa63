import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

export type Crumb = { key: string /** A link; for the last one, plain text. */; node: ReactNode };

export function Breadcrumbs({ items, className }: { items: readonly Crumb[]; className?: string }) {
  return (
    <nav aria-label="Breadcrumb" className={className}>
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-[13px] text-muted">
        {items.map(({ key, node }, at) => {
          const last = at === items.length - 1;
          return (
            <li key={key} className="flex min-w-0 items-center gap-1.5">
              <span
                aria-current={last ? 'page' : undefined}
                className={cn('truncate', last ? 'text-ink' : '[&>a]:hover:text-ink [&>a]:hover:underline')}
              >
                {node}
              </span>
              {!last && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
