import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgEnum,
  pgPolicy,
  pgTable,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { appUser, isMe, isStaff } from '../rls.ts';
import { users } from './accounts.ts';

/** awaiting bytes → checking → usable, or rejected with the rule that was broken. */
export const assetStatus = pgEnum('asset_status', ['awaiting', 'checking', 'usable', 'rejected']);

/** A picture somebody uploaded or a model made, and where its variants lie. */
export const assets = pgTable(
  'asset',
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What it is; a film has a picture of itself for where pictures are shown. */
    kind: text({ enum: ['picture', 'film', 'sound'] })
      .notNull()
      .default('picture'),
    origin: text({ enum: ['upload', 'generation', 'demo'] }).notNull(),
    status: assetStatus().notNull().default('awaiting'),
    /** What the uploader said the file is, until it was looked at. */
    declaredType: text().notNull(),
    declaredBytes: bigint({ mode: 'number' }).notNull(),
    mimeType: text(),
    width: integer(),
    height: integer(),
    durationSeconds: real(),
    sha256: text(),
    thumbhash: text(),
    dominantColor: text(),
    storedBytes: bigint({ mode: 'number' }),
    /** Its variants were copied below `public/`. */
    isPublic: boolean().notNull().default(false),
    /** The owner's earlier asset of the very same bytes, which is used instead. */
    duplicateOf: uuid(),
    failureRule: text(),
    failure: text(),
    usableAt: at(),
    ...lifecycle,
  },
  (t) => [
    // The same file by the same owner is stored once.
    uniqueIndex('asset_owner_sha').on(t.ownerId, t.sha256).where(sql`status = 'usable' and origin = 'upload'`),
    index('asset_unfinished').on(t.createdAt).where(sql`status <> 'usable'`),
    pgPolicy('asset_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.ownerId)} or ${t.isPublic} or ${isStaff}`,
    }),
    pgPolicy('asset_asked', {
      to: appUser,
      for: 'insert',
      withCheck: sql`${isMe(t.ownerId)} and ${t.status} = 'awaiting' and not ${t.isPublic} and ${t.origin} = 'upload'`,
    }),
  ],
);
