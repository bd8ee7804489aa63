import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { authPolicy } from '../rls.ts';
import { users } from './accounts.ts';

const userId = () =>
  uuid()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/** The app that shows somebody's codes. Counts once it is confirmed by a code. */
export const secondFactors = pgTable(
  'second_factor',
  {
    id: id(),
    userId: userId().unique(),
    /** Sealed. */
    secret: text().notNull(),
    confirmedAt: at(),
    /** The step of 30 seconds whose code was used last: no code works twice. */
    lastStep: bigint({ mode: 'number' }).notNull().default(0),
    ...lifecycle,
  },
  () => [authPolicy('second_factor')],
);

/** A way in for somebody who lost that app. Only its hash is kept, and it works once. */
export const backupCodes = pgTable(
  'backup_code',
  { id: id(), userId: userId(), hash: text().notNull(), createdAt: at().notNull().defaultNow() },
  (t) => [unique('backup_code_once').on(t.userId, t.hash), authPolicy('backup_code')],
);

/** A key in somebody's device that proves both the device and its holder. */
export const passkeys = pgTable(
  'passkey',
  {
    id: id(),
    userId: userId(),
    name: text().notNull(),
    credentialId: text().notNull().unique(),
    /** COSE, base64url. Public: it opens nothing. */
    publicKey: text().notNull(),
    counter: bigint({ mode: 'number' }).notNull().default(0),
    transports: text().array().notNull().default(sql`'{}'`),
    isBackedUp: boolean().notNull(),
    lastUsedAt: at(),
    ...lifecycle,
  },
  (t) => [index('passkey_user').on(t.userId), authPolicy('passkey')],
);
