import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgPolicy, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, id } from '../columns.ts';
import { appUser, isStaff } from '../rls.ts';

/** Something that is wrong with this installation, from when it was first seen until it was gone for a while. */
export const alerts = pgTable(
  'alert',
  {
    id: id(),
    /** What is wrong with what, such as `provider:google`; one open row each, whoever notices it. */
    key: text().notNull(),
    rule: text().notNull(),
    severity: text({ enum: ['warning', 'critical'] }).notNull(),
    facts: jsonb().$type<Record<string, string | number>>().notNull(),
    openedAt: at().notNull(),
    lastSeenAt: at().notNull(),
    /** When somebody was last told that it goes on. */
    toldAt: at(),
    closedAt: at(),
  },
  (t) => [
    uniqueIndex('alert_open').on(t.key).where(sql`closed_at is null`),
    index('alert_opened').on(t.openedAt),
    pgPolicy('alert_staff', { to: appUser, for: 'select', using: isStaff }),
  ],
);

/** What a process answered within some seconds. Kept for an hour, for whoever judges the share of failures. */
export const pulses = pgTable(
  'pulse',
  {
    id: id(),
    processId: uuid().notNull(),
    app: text().notNull(),
    requests: integer().notNull(),
    /** Answered with 5xx. */
    failures: integer().notNull(),
    createdAt: at().notNull(),
  },
  (t) => [
    index('pulse_created').on(t.createdAt),
    pgPolicy('pulse_staff', { to: appUser, for: 'select', using: isStaff }),
  ],
);
