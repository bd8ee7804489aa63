import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { CopyButton } from '../controls/copy-button.tsx';

export type ErrorStateProps = {
  /** Set big and quiet above the title, for pages: "404". */
  code?: ReactNode;
  /** What happened, in plain words. */
  title: ReactNode;
  /** Why, as far as is known. */
  children?: ReactNode;
  /** Whether anything was charged or lost: "Nothing was charged." */
  charged?: ReactNode;
  /** What to do now. */
  next?: ReactNode;
  actions?: ReactNode;
  requestId?: string | undefined;
  /** For the page's own heading; `h2` inside a page. */
  headingLevel?: 'h1' | 'h2';
  className?: string;
};

export function ErrorState(props: ErrorStateProps) {
  const { code, title, children, charged, next, actions, requestId, headingLevel: Heading = 'h2', className } = props;
  const facts = [
    { term: 'Charged', detail: charged },
    { term: 'What to do', detail: next },
  ].filter((fact) => fact.detail);
  return (
    <section className={cn('mx-auto grid w-full max-w-lg gap-3 px-4 py-16', className)}>
      {code && <p className="text-5xl font-semibold tracking-tighter text-faint tabular-nums">{code}</p>}
      <Heading className="text-2xl font-semibold">{title}</Heading>
      {children && <div className="text-muted">{children}</div>}
      {facts.length > 0 && (
        <dl className="mt-2 grid gap-3 border-y border-line py-4 text-sm">
          {facts.map(({ term, detail }) => (
            <div key={term} className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[7rem_1fr]">
              <dt className="text-muted">{term}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
        </dl>
      )}
      {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      {requestId && (
        <p className="mt-4 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-muted">
          Request id
          <code className="min-w-0 font-mono text-xs break-all">{requestId}</code>
          <CopyButton value={requestId} variant="ghost" label="Copy id" />
        </p>
      )}
    </section>
  );
}
