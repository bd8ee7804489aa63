export {
  type Ability,
  type AccountRight,
  type Asker,
  abilityOf,
  aGeneration,
  anAd,
  aRemix,
  BRAND_RIGHTS,
  BRAND_ROLES,
  type BrandRight,
  type BrandRole,
  type KeyLimits,
  type Membership,
  mayAs,
  theBrand,
} from './ability-rules.ts';
export { type PageRights, pageRightsOf } from './page-rules.ts';

/** What a key may be allowed to do, one noun and one depth each. Sessions of people have all of them. */
export const SCOPES = {
  'account:read': 'See who you are',
  'account:write': 'Change your name',
  'ads:read': 'See ads and the feed',
  'ads:write': 'Publish and remove ads',
  'remixes:read': 'See remixes, drafts included',
  'remixes:write': 'Make, publish and remove remixes',
  'assets:read': 'See uploads',
  'assets:write': 'Upload files',
  'generations:read': 'See generations and their receipts',
  'generations:write': 'Ask models for something; this spends credits',
  'brands:read': 'See your brands and their reports',
  'brands:write': 'Make brands',
  'credits:read': 'See balances and movements',
  'credits:write': 'Adjust and refund credits (staff)',
  'quotas:read': 'See quotas',
  'quotas:write': 'Set quotas',
  'usage:read': 'See usage and costs',
  'moderation:write': 'Report and hide things',
  'operations:read': 'See how the platform does (staff)',
  'events:read': 'Follow what happens, live',
  'webhooks:read': 'See webhooks and their deliveries',
  'webhooks:write': 'Make, change and replay webhooks',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]];
