export {
  type Ability,
  type Asker,
  abilityOf,
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
export { SCOPE_NAMES, SCOPES, type Scope } from './scope-rules.ts';
