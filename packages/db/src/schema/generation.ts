import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgEnum,
  pgPolicy,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { at, id, lifecycle } from '../columns.ts';
import { TEXT_MAX_CHARS } from '../limits.ts';
import { appUser, isMe, isMemberOf, isStaff } from '../rls.ts';
import { users } from './accounts.ts';
import { assets } from './assets.ts';
import { brands } from './brands.ts';
import type { QuotaMetric } from './quotas.ts';

export const generationKind = pgEnum('generation_kind', [
  'image.edit',
  'image.create',
  'image.describe',
  'video.create',
  'text.structured',
  'text.stream',
  'text.embed',
  'speech.create',
]);

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
    /** The model that does it; `auto` may move on to another one while nothing was taken. */
    model: text().notNull(),
    provider: text().notNull(),
    /** What was asked for: `auto` or a model's id. */
    requestedModel: text().notNull().default('auto'),
    /** Why this model, in a sentence for the receipt. */
    choice: text().notNull().default(''),
    /** The models that were tried before, and what became of it. */
    tried: jsonb().$type<{ model: string; reason: string }[]>().notNull().default([]),
    prompt: text().notNull(),
    input: jsonb().$type<Record<string, unknown>>().notNull(),
    inputAssetId: uuid().references(() => assets.id, { onDelete: 'set null' }),
    seed: integer().notNull(),
    idempotencyKey: text().notNull(),
    requestHash: text().notNull(),
    status: generationStatus().notNull().default('queued'),
    quotedCredits: integer().notNull(),
    /** What it counts against this month's quotas until it is settled. */
    reserved: jsonb().$type<Partial<Record<QuotaMetric, number>>>().notNull().default({}),
    /** True for work nobody sits and waits for: it goes behind everything interactive. */
    isBatch: boolean().notNull().default(false),
    /** Start-time fair queueing: its place in the round between people. */
    turn: bigint({ mode: 'number' }).notNull().default(0),
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
    /** What the model said or saw where it made nothing: offered, free. */
    said: text(),
    notes: jsonb().$type<string[]>().notNull().default([]),
    outputAssetId: uuid().references(() => assets.id, { onDelete: 'set null' }),
    /** What a text kind answered, in the shape of its kind. */
    output: jsonb().$type<Record<string, unknown>>(),
    /** What equal requests have in common; only of kinds whose answers may be used again. */
    reuseHash: text(),
    /** The generation whose answer this one shows, free. */
    reusedFromId: uuid(),
    /** The trace it was asked for in (W3C), where it is traced: its runs go on with it. */
    traceparent: text(),
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
    index('generation_line')
      .on(t.provider, t.isBatch, t.turn, t.createdAt)
      .where(sql`status in ('queued', 'retrying')`),
    index('generation_owner_line')
      .on(t.ownerId, t.provider, t.isBatch, t.turn)
      .where(sql`status in ('queued', 'running', 'retrying', 'checking')`),
    index('generation_in_flight').on(t.provider, t.ownerId).where(sql`status in ('running', 'checking')`),
    index('generation_ended_without').on(t.finishedAt).where(sql`status in ('failed', 'cancelled')`),
    index('generation_reuse').on(t.reuseHash, t.finishedAt).where(sql`status = 'done' and reuse_hash is not null`),
    check('generation_prompt_length', sql.raw(`char_length(prompt) between 1 and ${TEXT_MAX_CHARS}`)),
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
    /** The kind of work. */
    operation: text().notNull(),
    step: text({ enum: ['start', 'poll', 'reconcile'] })
      .notNull()
      .default('start'),
    outcome: text().notNull(),
    images: integer().notNull().default(0),
    videoSeconds: real().notNull().default(0),
    inputTokens: bigint({ mode: 'number' }).notNull().default(0),
    outputTokens: bigint({ mode: 'number' }).notNull().default(0),
    costMicroUsd: bigint({ mode: 'number' }).notNull().default(0),
    latencyMs: integer().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    index('provider_call_done').on(t.model, t.operation, t.createdAt).where(sql`outcome = 'done'`),
    index('provider_call_created').on(t.createdAt),
    index('provider_call_generation').on(t.generationId),
    pgPolicy('provider_call_staff', { to: appUser, for: 'select', using: isStaff }),
  ],
);

/** How a model does at one kind of work, shared by all processes: the breaker and what was measured. */
export const modelHealth = pgTable(
  'model_health',
  {
    provider: text().notNull(),
    model: text().notNull(),
    operation: text().notNull(),
    state: text({ enum: ['closed', 'open', 'half_open'] })
      .notNull()
      .default('closed'),
    /** When the state began; "down since". */
    since: at().notNull().defaultNow(),
    /** The breaker's own memory, as it serialises itself. */
    breaker: jsonb(),
    failures: integer().notNull().default(0),
    lastReason: text(),
    lastFailedAt: at(),
    /** Open: when it is tried again. Half-open: until when whoever tries it has the word. */
    probeUntil: at(),
    /** When `auto` last sent somebody to try it again: one request a break. */
    invitedAt: at(),
    p50Ms: integer(),
    p95Ms: integer(),
    samples: integer().notNull().default(0),
    /** Of its latest runs alone, and how long it usually takes: far apart, it is slow. */
    recentMs: integer(),
    usualMs: integer(),
    slowSince: at(),
    measuredAt: at(),
    updatedAt: at().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.model, t.operation] }),
    pgPolicy('model_health_seen', { to: appUser, for: 'select', using: sql`true` }),
  ],
);

/** Texts as numbers, each with the text it stands for. */
export const embeddings = pgTable(
  'embedding',
  {
    id: id(),
    generationId: uuid()
      .notNull()
      .references(() => generations.id, { onDelete: 'cascade' }),
    ownerId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    brandId: uuid().references(() => brands.id, { onDelete: 'set null' }),
    model: text().notNull(),
    position: integer().notNull(),
    text: text().notNull(),
    dimensions: integer().notNull(),
    vector: real().array().notNull(),
    createdAt: at().notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('embedding_generation_position').on(t.generationId, t.position),
    pgPolicy('embedding_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.ownerId)} or ${isMemberOf(t.brandId)}`,
    }),
  ],
);

/** What was used on a day, summed up from `provider_call`; rebuilt by a command, never the truth. */
export const usageDays = pgTable(
  'usage_day',
  {
    day: date().notNull(),
    provider: text().notNull(),
    model: text().notNull(),
    operation: text().notNull(),
    userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    brandId: uuid().references(() => brands.id, { onDelete: 'cascade' }),
    calls: integer().notNull(),
    failures: integer().notNull(),
    images: integer().notNull(),
    videoSeconds: real().notNull(),
    inputTokens: bigint({ mode: 'number' }).notNull(),
    outputTokens: bigint({ mode: 'number' }).notNull(),
    costMicroUsd: bigint({ mode: 'number' }).notNull(),
    latencyMs: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    unique('usage_day_row').on(t.day, t.provider, t.model, t.operation, t.userId, t.brandId).nullsNotDistinct(),
    index('usage_day_brand').on(t.brandId, t.day),
    pgPolicy('usage_day_seen', {
      to: appUser,
      for: 'select',
      using: sql`${isMe(t.userId)} or ${isMemberOf(t.brandId)} or ${isStaff}`,
    }),
  ],
);
