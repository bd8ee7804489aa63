import { Card } from '@repo/ui';
import type { ReactNode } from 'react';

export type SectionProps = { id: string; title: string; lead?: ReactNode; children: ReactNode };

/** One subject of the settings. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <Card padding="lg" className="scroll-mt-24" id={id}>
      <section aria-labelledby={`${id}-title`} className="grid gap-5">
        <header className="grid gap-1">
          <h2 id={`${id}-title`} className="text-lg font-semibold">
            {title}
          </h2>
          {lead && <p className="text-sm text-muted">{lead}</p>}
        </header>
        {children}
      </section>
    </Card>
  );
}
