import { sql } from 'drizzle-orm';
import { check, index, pgPolicy, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { BRAND_NAME_MAX_CHARS } from '../limits.ts';
import { appUser, authPolicy, isMe, isMemberOf, isStaff, mayEditBrand } from '../rls.ts';
import { users } from './accounts.ts';

export const BRAND_ROLES = ['owner', 'admin', 'editor', 'analyst'] as const;

/** Who publishes ads. Its name is public; what it does is its members' own. */
export const brands = pgTable(
  'brand',
  {
    id: id(),
    name: text().notNull(),
    slug: text().notNull().unique(),
    description: text(),
    accentColor: text(),
    logo: text(),
    metadata: text(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    ...lifecycle,
  },
  (t) => [
    check('brand_name_length', sql.raw(`char_length(name) between 1 and ${BRAND_NAME_MAX_CHARS}`)),
    authPolicy('brand'),
    pgPolicy('brand_public', { to: appUser, for: 'select', using: sql`true` }),
    pgPolicy('brand_made', { to: appUser, for: 'insert', withCheck: isMe(t.createdBy) }),
    pgPolicy('brand_edited', { to: appUser, for: 'update', using: mayEditBrand(t.id), withCheck: mayEditBrand(t.id) }),
  ],
);

export const memberships = pgTable(
  'membership',
  {
    id: id(),
    brandId: uuid()
      .notNull()
      .references(() => brands.id, { onDelete: 'cascade' }),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text({ enum: BRAND_ROLES }).notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('membership_brand_user').on(t.brandId, t.userId),
    index('membership_user').on(t.userId),
    check('membership_role', sql`role in ('owner', 'admin', 'editor', 'analyst')`),
    authPolicy('membership'),
    pgPolicy('membership_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.userId)} or ${isMemberOf(t.brandId)} or ${isStaff}`,
    }),
    // Only the maker of a brand nobody owns yet may enter it by themselves, and only as its owner.
    pgPolicy('membership_founder', {
      to: appUser,
      for: 'insert',
      withCheck: sql`${isMe(t.userId)} and ${t.role} = 'owner' and app_may_found(${t.brandId})`,
    }),
  ],
);

export const brandInvitations = pgTable(
  'brand_invitation',
  {
    id: id(),
    brandId: uuid()
      .notNull()
      .references(() => brands.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text({ enum: BRAND_ROLES }),
    status: text().notNull().default('pending'),
    expiresAt: at().notNull(),
    inviterId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('brand_invitation_brand').on(t.brandId),
    authPolicy('brand_invitation'),
    pgPolicy('brand_invitation_members', { to: appUser, for: 'select', using: isMemberOf(t.brandId) }),
  ],
);
