export const BRAND_ROLES = ['owner', 'admin', 'editor', 'analyst'] as const;
export type BrandRole = (typeof BRAND_ROLES)[number];

/** Who may publish and remove ads of a brand. */
export const mayEdit = (role: BrandRole): boolean => role !== 'analyst';

/** An address-friendly form of a name; empty when nothing of it can stand in an address. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
