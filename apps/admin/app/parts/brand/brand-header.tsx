import { Link } from '@remix-run/react';
import type { MyBrandView } from '@repo/domain/brands/schema';
import { Badge, NavItem, PageHeader } from '@repo/ui';
import type { ReactNode } from 'react';
import { BrandSwitcher } from '#app/parts/report/brand-switcher.tsx';
import type { Period } from '#app/parts/report/periods.ts';
import { BRAND_PAGES, type BrandPage } from './brand-pages.ts';

export type BrandHeaderProps = {
  brands: readonly MyBrandView[];
  brand: MyBrandView;
  page: BrandPage;
  /** One sentence on what is shown. */
  description: string;
  period?: Period;
  actions?: ReactNode;
};

/** The top of every page of a brand: which one, one's part in it, and its other pages. */
export function BrandHeader({ brands, brand, page, description, period, actions }: BrandHeaderProps) {
  const { name, slug, role } = brand;
  return (
    <>
      <BrandSwitcher brands={brands} current={slug} page={page} {...(period ? { period } : {})} />
      <PageHeader
        title={name}
        description={
          <>
            {description} <Badge tone="outline">You are {ROLES[role]}</Badge>
          </>
        }
        actions={actions}
        className="pb-4"
      />
      <nav aria-label={`Pages of ${name}`} className="mb-6 border-b border-line">
        <ul className="-mx-3 flex flex-wrap gap-x-1 pb-1">
          {BRAND_PAGES.filter(({ isFor }) => isFor(role)).map(({ page: to, label }) => (
            <li key={to} className="shrink-0">
              <NavItem active={to === page}>
                <Link to={`/brands/${slug}${to}`} prefetch="intent">
                  {label}
                </Link>
              </NavItem>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}

const ROLES = { owner: 'its owner', admin: 'an admin', editor: 'an editor', analyst: 'an analyst' } as const;
