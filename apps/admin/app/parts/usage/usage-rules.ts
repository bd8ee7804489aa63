import type { UsageRules } from './usage-search.ts';

export const STAFF_USAGE: UsageRules = {
  groups: ['provider', 'model', 'brand', 'user', 'day'],
  measures: ['dollars', 'credits', 'calls', 'failures', 'images', 'film', 'tokens'],
};

/** A brand sees what it paid; what providers charge the platform is not its to know. */
export const BRAND_USAGE: UsageRules = {
  groups: ['user', 'model', 'provider', 'day'],
  measures: ['credits', 'calls', 'failures', 'images', 'film', 'tokens'],
};
