export { BRAND_ROLES, type BrandRole } from '../permissions/rules.ts';

/** An address-friendly form of a name; empty when nothing of it can stand in an address. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
