import { sql } from 'drizzle-orm';
import { bigint, check, index, pgPolicy, pgTable, real, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at, id } from '../columns.ts';
import { appUser, isMe, isMemberOf, isStaff } from '../rls.ts';
import { users } from './accounts.ts';
import { brands } from './brands.ts';

export const QUOTA_METRICS = ['images', 'video_seconds', 'tokens', 'credits'] as const;
export type QuotaMetric = (typeof QUOTA_METRICS)[number];

const subject = {
  userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
  brandId: uuid().references(() => brands.id, { onDelete: 'cascade' }),
};

/** The most that a person or a brand may use in a month (UTC). Without a row there is no limit. */
export const quotas = pgTable(
  'quota',
  {
    id: id(),
    ...subject,
    metric: text({ enum: QUOTA_METRICS }).notNull(),
    limit: bigint({ mode: 'number' }).notNull(),
    setBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique('quota_subject').on(t.userId, t.brandId, t.metric).nullsNotDistinct(),
    check('quota_one_subject', sql`(user_id is null) <> (brand_id is null)`),
    check('quota_limit', sql`"limit" >= 0`),
    pgPolicy('quota_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.userId)} or ${isMemberOf(t.brandId)} or ${isStaff}`,
    }),
  ],
);

/** What a person or a brand has used or reserved in a month; kept with each generation, rebuilt by a command. */
export const usageMonths = pgTable(
  'usage_month',
  {
    id: id(),
    ...subject,
    /** `2026-11`, UTC. */
    month: text().notNull(),
    images: bigint({ mode: 'number' }).notNull().default(0),
    videoSeconds: real().notNull().default(0),
    tokens: bigint({ mode: 'number' }).notNull().default(0),
    credits: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [
    unique('usage_month_subject').on(t.userId, t.brandId, t.month).nullsNotDistinct(),
    index('usage_month_month').on(t.month),
    check('usage_month_one_subject', sql`(user_id is null) <> (brand_id is null)`),
    pgPolicy('usage_month_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.userId)} or ${isMemberOf(t.brandId)} or ${isStaff}`,
    }),
  ],
);
