import { sql } from 'drizzle-orm';
import { bigint, customType, index, jsonb, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at } from '../columns.ts';
import { appUser, isMe, isMemberOf, isStaff } from '../rls.ts';

/** A transaction's 64-bit id, as text. */
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/**
 * What happened, written in the transaction that made it happen. Append-only.
 * Read in (xid, id) order, and never past the oldest running transaction.
 */
export const events = pgTable(
  'event',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
    actorId: uuid(),
    actorKind: text({ enum: ['user', 'system'] }).notNull(),
    noun: text().notNull(),
    nounId: uuid().notNull(),
    verb: text().notNull(),
    /** Who is told live; null: nobody in particular. */
    audienceId: uuid(),
    brandId: uuid(),
    payload: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('event_tail').on(t.xid, t.id),
    index('event_audience').on(t.audienceId, t.xid, t.id),
    index('event_brand').on(t.brandId, t.xid, t.id).where(sql`brand_id is not null`),
    index('event_noun').on(t.noun, t.nounId),
    pgPolicy('event_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.audienceId)} or ${t.audienceId} = '00000000-0000-0000-0000-000000000000' or ${isMe(t.actorId)} or ${isMemberOf(t.brandId)} or ${isStaff}`,
    }),
    // A verb that writes nothing else as the owner writes its event as the person: one statement. It tells nobody.
    pgPolicy('event_noted', {
      to: appUser,
      for: 'insert',
      withCheck: sql`${isMe(t.actorId)} and ${t.actorKind} = 'user' and ${t.noun} = 'report' and ${t.verb} = 'made'
        and ${t.audienceId} is null and ${t.brandId} is null`,
    }),
  ],
);
