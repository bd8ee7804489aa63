import { Link } from '@remix-run/react';
import type { MyBrandView } from '@repo/domain/brands/schema';
import { Avatar, NavItem } from '@repo/ui';
import type { BrandPage } from '#app/parts/brand/brand-pages.ts';
import type { Period } from './periods.ts';

export type BrandSwitcherProps = {
  brands: readonly MyBrandView[];
  current: string;
  /** Kept on the way to another brand's report. */
  period?: Period;
  /** Which page of the other brand it leads to. */
  page?: BrandPage;
};

/** From one brand to another, on the same page. Nothing for people with a single one. */
export function BrandSwitcher({ brands, current, period, page = '' }: BrandSwitcherProps) {
  if (brands.length < 2) return null;
  return (
    <nav aria-label="Brands" className="-mx-4 overflow-x-auto px-4 pt-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {brands.map(({ id, name, slug }) => (
          <li key={id} className="shrink-0">
            <NavItem active={slug === current}>
              <Link to={`/brands/${slug}${page}${period ? `?days=${period}` : ''}`} prefetch="intent">
                <Avatar name={name} seed={id} size="xs" shape="square" />
                {name}
              </Link>
            </NavItem>
          </li>
        ))}
      </ul>
    </nav>
  );
}
