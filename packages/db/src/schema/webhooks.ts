import { sql } from 'drizzle-orm';
import { bigint, check, customType, index, integer, pgPolicy, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at, id } from '../columns.ts';
import { appUser, isMe } from '../rls.ts';
import { users } from './accounts.ts';
import { brands } from './brands.ts';

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

export const WEBHOOK_STATES = ['active', 'paused', 'stopped'] as const;
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed', 'dropped'] as const;

/** Where somebody wants to be told what happens: to them, or to a brand they run. */
export const webhookEndpoints = pgTable(
  'webhook_endpoint',
  {
    id: id(),
    /** Whose eyes decide what is told. */
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Null: the owner's own events. */
    brandId: uuid().references(() => brands.id, { onDelete: 'cascade' }),
    url: text().notNull(),
    description: text().notNull().default(''),
    types: text().array().notNull(),
    /** Sealed; no role of a request may read it. */
    secret: text().notNull(),
    previousSecret: text(),
    previousUntil: at(),
    state: text({ enum: WEBHOOK_STATES }).notNull().default('active'),
    /** Why it was stopped, as a sentence. */
    stoppedBecause: text(),
    /** The first failure after the last success. */
    failingSince: at(),
    lastMs: integer(),
    /** A worker is at one of its deliveries until then. */
    claimedUntil: at(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('webhook_endpoint_owner').on(t.ownerId),
    index('webhook_endpoint_brand').on(t.brandId),
    check('webhook_endpoint_state', sql`state in ('active', 'paused', 'stopped')`),
    pgPolicy('webhook_endpoint_seen', {
      to: appUser,
      for: 'select',
      using: sql`(${t.brandId} is null and ${isMe(t.ownerId)}) or ${t.brandId} in (
        select brand_id from membership where user_id = app_user_id() and role in ('owner', 'admin'))`,
    }),
  ],
);

/** One event on its way to one endpoint. Its id is what receivers know it by, however often it is sent. */
export const webhookDeliveries = pgTable(
  'webhook_delivery',
  {
    id: id(),
    endpointId: uuid()
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    /** Null: a test ping. */
    eventId: bigint({ mode: 'number' }),
    type: text().notNull(),
    happenedAt: at().notNull(),
    state: text({ enum: DELIVERY_STATES }).notNull().default('waiting'),
    /** Tries since it was last asked for: a replay begins at 0. */
    tries: integer().notNull().default(0),
    dueAt: at(),
    lastProblem: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    unique('webhook_delivery_once').on(t.endpointId, t.eventId),
    index('webhook_delivery_log').on(t.endpointId, t.createdAt, t.id),
    index('webhook_delivery_due').on(t.endpointId, t.dueAt, t.id).where(sql`state = 'waiting'`),
    index('webhook_delivery_age').on(t.createdAt),
    check('webhook_delivery_state', sql`state in ('waiting', 'delivered', 'failed', 'dropped')`),
    pgPolicy('webhook_delivery_seen', {
      to: appUser,
      for: 'select',
      using: sql`${t.endpointId} in (select id from webhook_endpoint)`,
    }),
  ],
);

/** What one try brought. */
export const webhookAttempts = pgTable(
  'webhook_attempt',
  {
    id: id(),
    deliveryId: uuid()
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    tookMs: integer().notNull(),
    /** Null: there was no answer. */
    status: integer(),
    problem: text(),
    /** The beginning of the answer, without what looks like a secret. */
    snippet: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('webhook_attempt_delivery').on(t.deliveryId, t.createdAt),
    pgPolicy('webhook_attempt_seen', {
      to: appUser,
      for: 'select',
      using: sql`${t.deliveryId} in (select id from webhook_delivery)`,
    }),
  ],
);

/** How far the events have been read, one row for the installation. Only workers touch it. */
export const webhookCursors = pgTable(
  'webhook_cursor',
  { id: integer().primaryKey().default(1), xid: xid8().notNull(), eventId: bigint({ mode: 'number' }).notNull() },
  () => [check('webhook_cursor_one', sql`id = 1`)],
).enableRLS();
