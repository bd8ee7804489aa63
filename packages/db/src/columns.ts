import { sql } from 'drizzle-orm';
import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** A time-ordered id that Postgres makes. */
export const id = () => uuid().primaryKey().default(sql`uuidv7()`);

export const at = () => timestamp({ withTimezone: true });

export const lifecycle = {
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};
