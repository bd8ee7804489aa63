import { sql } from 'drizzle-orm';
import { check, pgPolicy, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, id } from '../columns.ts';
import { appUser, isMe } from '../rls.ts';
import { users } from './accounts.ts';

export const PRESS_NOUNS = ['asset', 'brand', 'webhook'] as const;

/** What a key made for its owner, so that the same press makes nothing twice. */
export const presses = pgTable(
  'press',
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    noun: text({ enum: PRESS_NOUNS }).notNull(),
    key: text().notNull(),
    /** Of everything that was asked but the key. */
    requestHash: text().notNull(),
    madeId: uuid().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('press_owner_noun_key').on(t.ownerId, t.noun, t.key),
    check('press_noun', sql`noun in ('asset', 'brand', 'webhook')`),
    pgPolicy('press_seen', { to: appUser, for: 'select', using: isMe(t.ownerId) }),
    pgPolicy('press_made', { to: appUser, for: 'insert', withCheck: isMe(t.ownerId) }),
  ],
);
