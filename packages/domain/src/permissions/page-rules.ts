import { abilityOf } from './ability-rules.ts';

/** What pages show or hide for whoever looks at them. The verbs behind ask again, with everything they know. */
export type PageRights = {
  /** See the pages of the staff. */
  operate: boolean;
  hide: boolean;
  /** See the pages that are for people with an account: settings, reports of brands. */
  useAccount: boolean;
  publishAds: boolean;
  publishRemixes: boolean;
  usePaidModels: boolean;
};

type Viewer = { id: string; isGuest: boolean; isStaff: boolean; emailVerified: boolean };

/** Null: a visitor. `guestPaid`: guests may use models that cost money. Roles in brands are not among it: lists of brands bring theirs. */
export function pageRightsOf(viewer: Viewer | null, { guestPaid = false } = {}): PageRights {
  const ability = abilityOf(askerOf(viewer));
  return {
    operate: ability.can('operate', 'Platform'),
    hide: ability.can('hide', 'Platform'),
    useAccount: ability.can('use_account', 'Account'),
    publishAds: ability.can('publish_ads', 'Account'),
    publishRemixes: ability.can('publish_remixes', 'Account'),
    usePaidModels: guestPaid || ability.can('use_paid_models', 'Account'),
  };
}

function askerOf(viewer: Viewer | null) {
  if (!viewer) return { kind: 'visitor' } as const;
  const { id: userId, isGuest, isStaff, emailVerified } = viewer;
  return isGuest
    ? ({ kind: 'guest', userId } as const)
    : ({ kind: 'person', userId, isStaff, emailVerified, memberships: [] } as const);
}
