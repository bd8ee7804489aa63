import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-xs border border-line-strong border-b-2 bg-surface px-1 font-sans text-[11px] text-muted">
      {children}
    </kbd>
  );
}
