import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgPolicy,
  pgTable,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { PROMPT_MAX_CHARS } from '../limits.ts';
import { appUser, isMe, isMemberOf, isStaff } from '../rls.ts';
import { users } from './accounts.ts';
import { assets } from './assets.ts';
import { brands } from './brands.ts';

export const generationKind = pgEnum('generation_kind', ['image.edit', 'image.create']);

export const generationStatus = pgEnum('generation_status', [
  'queued',
  'running',
  'retrying',
  'checking',
  'done',
  'failed',
  'cancelled',
]);

/** One request to a model, what it may cost, and what came of it. */
export const generations = pgTable(
  'generation',
  {
    id: id(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Set when a brand pays. */
    brandId: uuid().references(() => brands.id, { onDelete: 'set null' }),
    kind: generationKind().notNull(),
    model: text().notNull(),
    provider: text().notNull(),
    prompt: text().notNull(),
    input: jsonb().$type<Record<string, unknown>>().notNull(),
    inputAssetId: uuid().references(() => assets.id, { onDelete: 'set null' }),
    seed: integer().notNull(),
    idempotencyKey: text().notNull(),
    requestHash: text().notNull(),
    status: generationStatus().notNull().default('queued'),
    quotedCredits: integer().notNull(),
    attempt: integer().notNull().default(0),
    progress: real().notNull().default(0),
    doing: text(),
    lastError: text(),
    nextTryAt: at(),
    /** Whose run it is: a worker that lost its claim can finish nothing. */
    runToken: uuid(),
    heartbeatAt: at(),
    /** When a request may have reached the vendor; a paid one is never sent again after this. */
    submittedAt: at(),
    operationRef: text(),
    cancelRequested: boolean().notNull().default(false),
    failure: text(),
    failureSentence: text(),
    notes: jsonb().$type<string[]>().notNull().default([]),
    outputAssetId: uuid().references(() => assets.id, { onDelete: 'set null' }),
    startedAt: at(),
    finishedAt: at(),
    ...lifecycle,
  },
  (t) => [
    uniqueIndex('generation_owner_key').on(t.ownerId, t.idempotencyKey),
    index('generation_owner_created').on(t.ownerId, t.createdAt),
    index('generation_brand_created').on(t.brandId, t.createdAt),
    index('generation_open').on(t.createdAt).where(sql`status in ('queued', 'running', 'retrying', 'checking')`),
    index('generation_done_model').on(t.model, t.finishedAt).where(sql`status = 'done'`),
    check('generation_prompt_length', sql.raw(`char_length(prompt) between 1 and ${PROMPT_MAX_CHARS}`)),
    check('generation_quote', sql`quoted_credits >= 0`),
    pgPolicy('generation_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.ownerId)} or ${isMemberOf(t.brandId)}`,
    }),
    pgPolicy('generation_asked', {
      to: appUser,
      for: 'insert',
      withCheck: sql`${isMe(t.ownerId)} and ${t.status} = 'queued' and (${t.brandId} is null or ${isMemberOf(t.brandId)})`,
    }),
  ],
);

/** What a call to a provider took and cost, whether or not anything came of it. */
export const providerCalls = pgTable(
  'provider_call',
  {
    id: id(),
    generationId: uuid().references(() => generations.id, { onDelete: 'set null' }),
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    brandId: uuid().references(() => brands.id, { onDelete: 'set null' }),
    provider: text().notNull(),
    model: text().notNull(),
    operation: text().notNull(),
    outcome: text().notNull(),
    images: integer().notNull().default(0),
    costMicroUsd: bigint({ mode: 'number' }).notNull().default(0),
    latencyMs: integer().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('provider_call_model_created').on(t.model, t.createdAt),
    pgPolicy('provider_call_staff', { to: appUser, for: 'select', using: isStaff }),
  ],
);
