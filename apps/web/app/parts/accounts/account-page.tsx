import { Card, Container } from '@repo/ui';
import type { ReactNode } from 'react';

export type AccountPageProps = { title: string; lead?: ReactNode; children: ReactNode; below?: ReactNode };

/** A page with one small form on it. */
export function AccountPage({ title, lead, children, below }: AccountPageProps) {
  return (
    <Container width="form" className="grid gap-6 py-10 sm:py-16">
      <header className="grid gap-2">
        <h1 className="text-2xl font-semibold sm:text-3xl">{title}</h1>
        {lead && <p className="text-muted">{lead}</p>}
      </header>
      <Card padding="lg">{children}</Card>
      {below && <div className="grid gap-2 text-sm text-muted">{below}</div>}
    </Container>
  );
}
