import { Link } from '@remix-run/react';
import { Avatar, Badge, Breadcrumbs, NavItem, PageHeader } from '@repo/ui';
import { subjectAddress } from './subject-address.ts';

export type SubjectHeaderProps = {
  page: 'credits' | 'quotas';
  subject: { kind: 'user' | 'brand'; id: string; name: string; address?: string | null; isGuest?: boolean };
};

const PAGES = [
  ['credits', 'Credits'],
  ['quotas', 'Quotas'],
] as const;

/** Whose page this is, and the other page about them. */
export function SubjectHeader({ page, subject }: SubjectHeaderProps) {
  const { kind, id, name, address, isGuest } = subject;
  const title = page === 'credits' ? 'Credits' : 'Quotas';
  return (
    <PageHeader
      above={
        <Breadcrumbs
          items={[
            { key: 'all', node: <Link to={`/${page}`}>{title}</Link> },
            { key: 'this', node: name },
          ]}
          className="mb-2"
        />
      }
      title={
        <span className="flex items-center gap-3">
          <Avatar name={name} seed={id} shape={kind === 'brand' ? 'square' : 'circle'} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
        </span>
      }
      description={
        <span className="flex flex-wrap items-center gap-2 text-sm [overflow-wrap:anywhere]">
          <Badge tone="outline">{kind === 'brand' ? 'Brand' : isGuest ? 'Guest' : 'Person'}</Badge>
          {address}
        </span>
      }
      actions={
        <nav aria-label={`About ${name}`}>
          <ul className="flex gap-1">
            {PAGES.map(([to, label]) => (
              <li key={to}>
                <NavItem active={to === page}>
                  <Link to={subjectAddress(to, kind, id)} prefetch="intent">
                    {label}
                  </Link>
                </NavItem>
              </li>
            ))}
          </ul>
        </nav>
      }
      className="pb-6"
    />
  );
}
