import { expect, test } from 'vitest';
import {
  type Asker,
  abilityOf,
  aGeneration,
  anAd,
  aRemix,
  BRAND_ROLES,
  pageRightsOf,
  theBrand,
} from '../src/permissions/rules.ts';

const person = (changes: Partial<Extract<Asker, { kind: 'person' }>> = {}) =>
  abilityOf({ kind: 'person', userId: 'ann', isStaff: false, emailVerified: true, memberships: [], ...changes });
const viewer = { id: 'ann', isGuest: false, isStaff: false, emailVerified: true };

test('a guest has their remixes to themselves, and nothing that takes an account', () => {
  const guest = abilityOf({ kind: 'guest', userId: 'guest' });
  expect(guest.can('remove', aRemix({ authorId: 'guest' }))).toBe(true);
  expect(guest.can('cancel', aGeneration({ ownerId: 'guest' }))).toBe(true);
  expect(guest.can('remove', aRemix({ authorId: 'ann' }))).toBe(false);
  expect(guest.can('publish', aRemix({ authorId: 'guest' }))).toBe(false);
  expect(
    ['upload', 'publish_ads', 'hold_keys', 'use_paid_models'].filter((right) => guest.can(right, 'Account')),
  ).toEqual([]);
});

test('what is somebody else’s stays theirs, even from the staff', () => {
  for (const ability of [person(), person({ isStaff: true })]) {
    expect(ability.can('publish', aRemix({ authorId: 'ben' }))).toBe(false);
    expect(ability.can('cancel', aGeneration({ ownerId: 'ben' }))).toBe(false);
    expect(ability.can('remove', anAd({ authorId: 'ben', brandId: 'b' }))).toBe(false);
    expect(ability.can('see_report', theBrand('b'))).toBe(false);
  }
});

test.each(BRAND_ROLES)('who is %s of a brand knows of it, and may there what the role may', (role) => {
  const ability = person({ memberships: [{ brandId: 'b', role }] });
  expect(ability.can('see', theBrand('b'))).toBe(true);
  expect(ability.can('see', theBrand('another'))).toBe(false);
  expect(ability.can('see_report', theBrand('b'))).toBe(true);
  expect(ability.can('manage_webhooks', theBrand('b'))).toBe(role === 'owner' || role === 'admin');
  expect(ability.can('remove', anAd({ authorId: 'ben', brandId: 'b' }))).toBe(role !== 'analyst');
});

test('pages show what the ability says', () => {
  const nothing = { operate: false, hide: false, useAccount: false, publishAds: false, publishRemixes: false };
  expect(pageRightsOf(null)).toEqual({ ...nothing, usePaidModels: false });
  expect(pageRightsOf({ ...viewer, isGuest: true }, { guestPaid: true })).toEqual({ ...nothing, usePaidModels: true });
  expect(pageRightsOf(viewer)).toMatchObject({ operate: false, hide: false, useAccount: true, usePaidModels: true });
  expect(pageRightsOf({ ...viewer, isStaff: true })).toMatchObject({ operate: true, hide: true });
});
