import type { BrandRole } from '@repo/domain/brands/rules';
import { mayAs } from '@repo/domain/permissions/rules';

/** What an address has after that of its brand. */
export type BrandPage = '' | '/credits' | '/usage' | '/quotas';

export const BRAND_PAGES: readonly { page: BrandPage; label: string; isFor(role: BrandRole): boolean }[] = [
  { page: '', label: 'Report', isFor: () => true },
  { page: '/credits', label: 'Credits', isFor: () => true },
  { page: '/usage', label: 'Usage', isFor: (role) => mayAs(role, 'see_usage') },
  { page: '/quotas', label: 'Quotas', isFor: () => true },
];
