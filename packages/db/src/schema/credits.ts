import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgEnum,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, id } from '../columns.ts';
import { appUser, isMe, isMemberOf, isStaff } from '../rls.ts';
import { users } from './accounts.ts';
import { brands } from './brands.ts';
import { generations } from './generation.ts';

/**
 * `held`, `spent` and `issued` are the platform's: sums only, no row that everybody waits for. What providers cost
 * stands in micro-dollars: from `provider_payable` to `provider_cost`, an account of each kind for each provider.
 */
export const ledgerAccountKind = pgEnum('ledger_account_kind', [
  'user',
  'brand',
  'held',
  'spent',
  'issued',
  'provider_cost',
  'provider_payable',
]);

export const ledgerEntryKind = pgEnum('ledger_entry_kind', [
  'grant',
  'hold',
  'capture',
  'release',
  'transfer',
  'purchase',
  'refund',
  'adjustment',
  'cost',
]);

export const ledgerAccounts = pgTable(
  'ledger_account',
  {
    id: id(),
    kind: ledgerAccountKind().notNull(),
    userId: uuid()
      .unique()
      .references(() => users.id),
    brandId: uuid()
      .unique()
      .references(() => brands.id),
    /** What its entries count. Both sides of a movement have one unit. */
    unit: text({ enum: ['credit', 'micro_usd'] })
      .notNull()
      .default('credit'),
    /** Whose cost it is; null for all other accounts. */
    provider: text(),
    /** Whole credits of user and brand accounts, kept by a trigger; always 0 on platform accounts. */
    balance: bigint({ mode: 'number' }).notNull().default(0),
    /** The month (`2026-11`, UTC) whose allowance was given already. */
    allowanceMonth: text(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('ledger_account_platform').on(t.kind).where(sql`kind in ('held', 'spent', 'issued')`),
    uniqueIndex('ledger_account_provider').on(t.provider, t.kind).where(sql`provider is not null`),
    check('ledger_account_unit', sql`(unit = 'micro_usd') = (provider is not null)`),
    check('ledger_account_balance', sql`balance >= 0`),
    check(
      'ledger_account_owner',
      sql`(kind = 'user') = (user_id is not null) and (kind = 'brand') = (brand_id is not null)`,
    ),
    pgPolicy('ledger_account_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.userId)} or ${isMemberOf(t.brandId)} or ${isStaff}`,
    }),
  ],
);

/** Append-only, double entry: the entries of one `movementId` sum to zero. */
export const ledgerEntries = pgTable(
  'ledger_entry',
  {
    id: id(),
    movementId: uuid().notNull(),
    accountId: uuid()
      .notNull()
      .references(() => ledgerAccounts.id),
    kind: ledgerEntryKind().notNull(),
    /** Whole credits; positive adds to the account. */
    amount: bigint({ mode: 'number' }).notNull(),
    generationId: uuid().references(() => generations.id),
    /** Whose held credits a capture took: the movement stands in that account's list too. */
    payerId: uuid().references(() => ledgerAccounts.id),
    /** Names a movement that may happen only once, such as a month's allowance. */
    onceKey: text(),
    memo: text().notNull(),
    /** Who did it by hand (adjustments, refunds); null for what the product did itself. */
    actorId: uuid().references(() => users.id),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('ledger_entry_account').on(t.accountId, t.createdAt),
    index('ledger_entry_payer').on(t.payerId, t.createdAt).where(sql`payer_id is not null`),
    index('ledger_entry_generation').on(t.generationId),
    index('ledger_entry_movement').on(t.movementId),
    uniqueIndex('ledger_entry_once').on(t.accountId, t.onceKey).where(sql`once_key is not null`),
    // One hold a generation, and one of each settlement; a trigger sees that no more is settled than is held.
    uniqueIndex('ledger_entry_hold_once').on(t.generationId, t.accountId).where(sql`kind = 'hold'`),
    uniqueIndex('ledger_entry_settled_once')
      .on(t.generationId, t.kind)
      .where(sql`kind in ('capture', 'release', 'refund') and amount < 0`),
    check('ledger_entry_amount', sql`amount <> 0`),
    pgPolicy('ledger_entry_seen', {
      to: appUser,
      for: 'select',
      using: sql`${t.accountId} in (select app_ledger_account_ids()) or ${isStaff}`,
    }),
  ],
);

/** How many guest credits an address (hashed) was given on a day, so that guests are not free money. */
export const guestAllowances = pgTable(
  'guest_allowance',
  {
    addressHash: text().notNull(),
    day: date().notNull(),
    credits: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.addressHash, t.day] }),
    pgPolicy('guest_allowance_staff', { to: appUser, for: 'select', using: isStaff }),
  ],
);
