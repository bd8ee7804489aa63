import { sql } from 'drizzle-orm';
import { check, index, integer, pgEnum, pgPolicy, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { LOCATION_MAX_CHARS, PROMPT_MAX_CHARS, REPORT_MAX_CHARS, TITLE_MAX_CHARS } from '../limits.ts';
import { appUser, isMe, isMemberOf, isStaff, mayEditBrand } from '../rls.ts';
import { users } from './accounts.ts';
import { assets } from './assets.ts';
import { brands } from './brands.ts';
import { generations } from './generation.ts';

export const adStatus = pgEnum('ad_status', ['published', 'hidden', 'deleted']);
export const remixStatus = pgEnum('remix_status', ['draft', 'published', 'hidden', 'deleted']);

/** A picture that a brand published for others to remix. */
export const ads = pgTable(
  'ad',
  {
    id: id(),
    brandId: uuid()
      .notNull()
      .references(() => brands.id, { onDelete: 'cascade' }),
    authorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    assetId: uuid()
      .notNull()
      .references(() => assets.id),
    title: text().notNull(),
    location: text().notNull().default(''),
    status: adStatus().notNull().default('published'),
    /** Published remixes, kept by a trigger on `remix`. */
    remixCount: integer().notNull().default(0),
    /** One upload form publishes one ad, however often it is sent. */
    idempotencyKey: text(),
    ...lifecycle,
  },
  (t) => [
    index('ad_feed').on(t.createdAt, t.id).where(sql`status = 'published'`),
    index('ad_brand_created').on(t.brandId, t.createdAt),
    index('ad_asset').on(t.assetId),
    uniqueIndex('ad_author_key').on(t.authorId, t.idempotencyKey),
    check('ad_title_length', sql.raw(`char_length(title) between 1 and ${TITLE_MAX_CHARS}`)),
    check('ad_location_length', sql.raw(`char_length(location) <= ${LOCATION_MAX_CHARS}`)),
    pgPolicy('ad_seen', {
      to: appUser,
      for: 'select',
      using: sql`${t.status} = 'published' or (${t.status} = 'hidden' and (${isMe(t.authorId)} or ${isMemberOf(t.brandId)})) or ${isStaff}`,
    }),
    pgPolicy('ad_made', {
      to: appUser,
      for: 'insert',
      withCheck: sql`${isMe(t.authorId)} and ${mayEditBrand(t.brandId)} and ${t.status} = 'published'`,
    }),
  ],
);

/** A new picture made from an ad, or from another remix of it. A draft until its author publishes it. */
export const remixes = pgTable(
  'remix',
  {
    id: id(),
    adId: uuid()
      .notNull()
      .references(() => ads.id, { onDelete: 'cascade' }),
    parentId: uuid(),
    authorId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    generationId: uuid()
      .notNull()
      .unique()
      .references(() => generations.id),
    /** Set when published: readers may not see the generation. */
    assetId: uuid().references(() => assets.id),
    prompt: text().notNull(),
    status: remixStatus().notNull().default('draft'),
    publishedAt: at(),
    ...lifecycle,
  },
  (t) => [
    index('remix_feed').on(t.publishedAt, t.id).where(sql`status = 'published'`),
    index('remix_ad').on(t.adId, t.publishedAt),
    index('remix_author').on(t.authorId, t.createdAt),
    index('remix_parent').on(t.parentId),
    index('remix_asset').on(t.assetId),
    check('remix_prompt_length', sql.raw(`char_length(prompt) between 1 and ${PROMPT_MAX_CHARS}`)),
    check('remix_published', sql`status <> 'published' or (asset_id is not null and published_at is not null)`),
    pgPolicy('remix_seen', {
      to: appUser,
      for: 'select',
      // A draft is its author's alone, whoever else has rights here.
      using: sql`${t.status} = 'published' or (${t.status} <> 'deleted' and ${isMe(t.authorId)}) or (${t.status} = 'hidden' and ${isStaff})`,
    }),
    pgPolicy('remix_made', {
      to: appUser,
      for: 'insert',
      withCheck: sql`${isMe(t.authorId)} and ${t.status} = 'draft' and ${t.assetId} is null`,
    }),
  ],
);

/** Somebody says that an ad or a remix should not be shown. */
export const reports = pgTable(
  'report',
  {
    id: id(),
    reporterId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    adId: uuid().references(() => ads.id, { onDelete: 'cascade' }),
    remixId: uuid().references(() => remixes.id, { onDelete: 'cascade' }),
    reason: text().notNull(),
    resolvedAt: at(),
    resolvedBy: uuid(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique('report_once').on(t.reporterId, t.adId, t.remixId).nullsNotDistinct(),
    check('report_target', sql`num_nonnulls(ad_id, remix_id) = 1`),
    check('report_reason_length', sql.raw(`char_length(reason) between 1 and ${REPORT_MAX_CHARS}`)),
    pgPolicy('report_seen', { to: appUser, for: 'select', using: sql`${isMe(t.reporterId)} or ${isStaff}` }),
    pgPolicy('report_made', { to: appUser, for: 'insert', withCheck: isMe(t.reporterId) }),
  ],
);
