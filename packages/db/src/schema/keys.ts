import { sql } from 'drizzle-orm';
import { check, index, integer, pgPolicy, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { appUser, authPolicy, isMe, mayManageKeysOf } from '../rls.ts';
import { users } from './accounts.ts';
import { brands } from './brands.ts';

/** A way in for programs. Only a digest of the key is kept, and no person may read even that. */
export const apiKeys = pgTable(
  'api_key',
  {
    id: id(),
    /** Whom it acts as: a person, or the service user of its brand. */
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    brandId: uuid().references(() => brands.id, { onDelete: 'cascade' }),
    /** A brand's key outlives its maker. */
    madeBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    name: text().notNull(),
    /** Its first characters, by which people tell keys apart. */
    start: text().notNull(),
    hash: text().notNull(),
    /** Digest of the form that made or rotated it: sent twice, it is one key. */
    formHash: text().notNull(),
    scopes: text().array().notNull(),
    perMinute: integer().notNull(),
    expiresAt: at(),
    lastUsedAt: at(),
    rotatedAt: at(),
    revokedAt: at(),
    ...lifecycle,
  },
  (t) => [
    uniqueIndex('api_key_hash').on(t.hash),
    index('api_key_user').on(t.userId),
    index('api_key_brand').on(t.brandId),
    check('api_key_per_minute', sql`per_minute between 1 and 10000`),
    authPolicy('api_key'),
    pgPolicy('api_key_seen', {
      to: appUser,
      for: 'select',
      using: sql`(${t.brandId} is null and ${isMe(t.userId)}) or ${mayManageKeysOf(t.brandId)}`,
    }),
  ],
);
