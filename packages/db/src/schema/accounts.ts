import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgPolicy,
  pgTable,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { appUser, authPolicy, isMe, isStaff } from '../rls.ts';

/** Somebody who acts: a guest or a person with an account. Private: others see their profile. */
export const users = pgTable(
  'user',
  {
    id: id(),
    name: text().notNull(),
    email: text().notNull().unique(),
    emailVerified: boolean().notNull().default(false),
    image: text(),
    isAnonymous: boolean().notNull().default(false),
    /** The address somebody signed up with while another account held it; nobody learns that it was taken. */
    claimedEmail: text(),
    platformRole: text({ enum: ['member', 'staff'] })
      .notNull()
      .default('member'),
    /** Where this guest's work went when they signed in to an account. */
    mergedInto: uuid(),
    /** The brand that this user does the work of keys for: nobody can sign in as it, and no list of people shows it. */
    serviceOf: uuid(),
    ...lifecycle,
  },
  (t) => [
    index('user_claimed_email').on(t.claimedEmail).where(sql`claimed_email is not null`),
    uniqueIndex('user_service_of').on(t.serviceOf).where(sql`service_of is not null`),
    check('user_platform_role', sql`platform_role in ('member', 'staff')`),
    authPolicy('user'),
    pgPolicy('user_self', { to: appUser, for: 'select', using: sql`${isMe(t.id)} or ${isStaff}` }),
  ],
);

/** What everybody may know of a user. Kept by a trigger on `user`. */
export const profiles = pgTable(
  'profile',
  {
    userId: uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    image: text(),
    isGuest: boolean().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  () => [pgPolicy('profile_public', { to: appUser, for: 'select', using: sql`true` })],
);

export const sessions = pgTable(
  'session',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    token: text().notNull().unique(),
    expiresAt: at().notNull(),
    /** 30 days instead of 8 hours. */
    keepSignedIn: boolean().notNull().default(false),
    ipAddress: text(),
    userAgent: text(),
    activeOrganizationId: uuid(),
    ...lifecycle,
  },
  (t) => [index('session_user').on(t.userId), authPolicy('session')],
);

/** A way to prove who one is: a password hash, later a passkey or another sign-in service. */
export const credentials = pgTable(
  'account',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: text().notNull(),
    providerId: text().notNull(),
    password: text(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: at(),
    refreshTokenExpiresAt: at(),
    scope: text(),
    ...lifecycle,
  },
  (t) => [index('account_user').on(t.userId), authPolicy('account')],
);

export const verifications = pgTable(
  'verification',
  {
    id: id(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: at().notNull(),
    ...lifecycle,
  },
  (t) => [index('verification_identifier').on(t.identifier), authPolicy('verification')],
);

export const rateLimits = pgTable(
  'rate_limit',
  {
    id: id(),
    key: text().notNull().unique(),
    count: integer().notNull(),
    lastRequest: bigint({ mode: 'number' }).notNull(),
  },
  () => [authPolicy('rate_limit')],
);

/** Requests counted within a window, for limits that hold over several processes. Not kept over a crash. */
export const rateCounts = pgTable(
  'rate_count',
  {
    key: varchar({ length: 255 }).primaryKey(),
    points: integer().notNull().default(0),
    /** Unix milliseconds. */
    expire: bigint({ mode: 'number' }),
  },
  () => [authPolicy('rate_count')],
);

/** Which encryption keys this database was sealed with, each with a sealed word to try it on. Holds no key. */
export const encryptionKeys = pgTable(
  'encryption_key',
  {
    version: integer().primaryKey(),
    proof: text().notNull(),
    firstUsedAt: at().notNull(),
  },
  () => [pgPolicy('encryption_key_nobody', { to: appUser, for: 'select', using: sql`false` })],
);
