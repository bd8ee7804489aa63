import { AbilityBuilder, createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import type { Scope } from './rules.ts';

export const BRAND_ROLES = ['owner', 'admin', 'editor', 'analyst'] as const;
export type BrandRole = (typeof BRAND_ROLES)[number];

export type Membership = { brandId: string; role: BrandRole };
/** What a key leaves of its holder's rights. A brand's key has a brand. */
export type KeyLimits = { scopes: readonly Scope[]; brandId: string | null };

/** Whose rights are asked for. Everybody above a visitor may be held by a key. */
export type Asker =
  | { kind: 'visitor' }
  | { kind: 'guest'; userId: string }
  | {
      kind: 'person';
      userId: string;
      isStaff: boolean;
      emailVerified: boolean;
      memberships: readonly Membership[];
      key?: KeyLimits | null;
    }
  | { kind: 'system' };

/** What each role of a brand may do for it; the documentation is made from this too. */
export const BRAND_RIGHTS = {
  see_report: { words: 'See its report', roles: ['owner', 'admin', 'editor', 'analyst'] },
  see_credits: { words: 'See its credits and quotas', roles: ['owner', 'admin', 'editor', 'analyst'] },
  publish_ads: { words: 'Publish ads', roles: ['owner', 'admin', 'editor'] },
  remove_ads: { words: 'Remove ads', roles: ['owner', 'admin', 'editor'] },
  spend: { words: 'Spend its credits', roles: ['owner', 'admin', 'editor'] },
  see_usage: { words: 'See usage and what it cost', roles: ['owner', 'admin'] },
  manage_keys: { words: 'Make, rotate and revoke its API keys', roles: ['owner', 'admin'] },
  manage_webhooks: { words: 'Make, change and replay its webhooks', roles: ['owner', 'admin'] },
  set_quotas: { words: 'Set its quotas', roles: ['owner'] },
} as const satisfies Record<string, { words: string; roles: readonly BrandRole[] }>;
export type BrandRight = keyof typeof BRAND_RIGHTS;

/** For lists of brands whose role is known already. */
export const mayAs = (role: BrandRole, right: BrandRight): boolean =>
  (BRAND_RIGHTS[right].roles as readonly BrandRole[]).includes(role);

/** What takes an account, whatever else it takes. Guests are told to sign up. */
const ACCOUNT_RIGHTS = [
  'publish_remixes',
  'publish_ads',
  'upload',
  'make_brands',
  'hold_keys',
  'use_webhooks',
  'use_paid_models',
  'change_name',
  'use_account',
] as const;
export type AccountRight = (typeof ACCOUNT_RIGHTS)[number];

/** What the staff may do for the whole platform, and for every brand in place of its members. */
const STAFF_RIGHTS = ['operate', 'hide', 'adjust_credits', 'refund', 'set_quotas', 'see_usage', 'see_credits'] as const;
export type StaffRight = (typeof STAFF_RIGHTS)[number];
const STAFF_BRAND_RIGHTS = ['see_credits', 'see_usage', 'set_quotas'] as const satisfies readonly BrandRight[];

export type Ability = MongoAbility;

export const theBrand = (id: string) => subject('Brand', { id });
export const anAd = (ad: { authorId: string; brandId: string }) => subject('Ad', ad);
export const aRemix = (remix: { authorId: string }) => subject('Remix', remix);
export const aGeneration = (generation: { ownerId: string }) => subject('Generation', generation);

/** The one place that says who may do what. Row security stays below it, and hides what nobody should ask about. */
export function abilityOf(asker: Asker): Ability {
  const { can, cannot, build } = new AbilityBuilder<Ability>(createMongoAbility);
  if (asker.kind === 'system') can('manage', 'all');
  can('see', 'Feed');
  if (asker.kind === 'guest' || asker.kind === 'person') {
    can('make', 'Remix');
    can('report', 'Content');
    can(['see', 'remove'], 'Remix', { authorId: asker.userId });
    can('cancel', 'Generation', { ownerId: asker.userId });
  }
  if (asker.kind !== 'person') return build();

  const { userId, isStaff, emailVerified, memberships, key } = asker;
  can([...ACCOUNT_RIGHTS], 'Account');
  can('make', 'Brand');
  can('see', 'Brand', { id: { $in: memberships.map(({ brandId }) => brandId) } });
  can('publish', 'Remix', { authorId: userId });
  can('remove', 'Ad', { authorId: userId });
  if (emailVerified) can('make', 'Key');
  for (const right of Object.keys(BRAND_RIGHTS) as BrandRight[]) {
    const ids = memberships.filter(({ role }) => mayAs(role, right)).map(({ brandId }) => brandId);
    if (ids.length === 0) continue;
    can(right, 'Brand', { id: { $in: ids } });
    if (right === 'remove_ads') can('remove', 'Ad', { brandId: { $in: ids } });
  }
  if (isStaff) {
    can([...STAFF_RIGHTS], 'Platform');
    can([...STAFF_BRAND_RIGHTS], 'Brand');
  }
  // A key never widens: it makes no other key, and a brand's key makes no brand.
  if (key) {
    cannot('make', 'Key');
    cannot('manage_keys', 'Brand');
    if (key.brandId) cannot('make', 'Brand');
  }
  return build();
}
