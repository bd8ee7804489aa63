import { bigint, index, pgPolicy, pgTable, text } from 'drizzle-orm/pg-core';
import { at, id } from '../columns.ts';
import { appUser, isStaff } from '../rls.ts';

/** Each backup that was tried. Where none is young, alerts and the pages of operations say so. */
export const backupRuns = pgTable(
  'backup_run',
  {
    id: id(),
    kind: text({ enum: ['daily', 'manual'] }).notNull(),
    startedAt: at().notNull(),
    finishedAt: at().notNull(),
    /** Why there is none, as a sentence; null where it was written and read back. */
    problem: text(),
    folder: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull().default(0),
    rowCount: bigint({ mode: 'number' }).notNull().default(0),
    objectCount: bigint({ mode: 'number' }).notNull().default(0),
  },
  (t) => [
    index('backup_run_finished').on(t.finishedAt),
    pgPolicy('backup_run_seen', { to: appUser, for: 'select', using: isStaff }),
  ],
);
