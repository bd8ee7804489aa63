import { z } from 'zod';
import { AccountView, Movement, MovementsInput, Receipt, Statement, Subject } from '../credits/schema.ts';
import { GENERATION_KINDS } from '../generation/rules.ts';
import { ModelView, Weather } from '../generation/schema.ts';
import { pageOutput } from '../paging/schema.ts';

const Kind = z.enum(GENERATION_KINDS);

/** A model as whoever runs this installation sees it: also what it costs, and ones nobody is offered. */
export const CatalogueModel = ModelView.pick({
  id: true,
  label: true,
  provider: true,
  prices: true,
  typicalSeconds: true,
  isPaid: true,
  isStandIn: true,
  retiresOn: true,
}).extend({
  isEnabled: z.boolean(),
  /** How many of its requests may be under way at once. */
  atOnce: z.number().int(),
  /** What it costs us; empty where it costs nothing. */
  costs: z.array(
    z.object({
      per: z.enum(['image', 'second', 'thousand tokens read', 'thousand tokens written']),
      microUsd: z.number(),
    }),
  ),
  /** `past` from the day on which its vendor ends it, `soon` within the 30 days before. */
  retirement: z.enum(['past', 'soon']).nullable(),
  /** How it does at each of its kinds. */
  health: z.array(
    Weather.pick({
      kind: true,
      state: true,
      since: true,
      sentence: true,
      p50Seconds: true,
      p95Seconds: true,
      nextProbeAt: true,
    }),
  ),
});
export type CatalogueModel = z.infer<typeof CatalogueModel>;

/** Which models `auto` takes for a kind at this moment, best first. */
export const AutoOrder = z.object({
  kind: Kind,
  models: z.array(z.object({ id: z.string(), label: z.string(), state: z.enum(['healthy', 'slow', 'down']) })),
  /** Why the first is first; null where there is none. */
  why: z.string().nullable(),
});
export type AutoOrder = z.infer<typeof AutoOrder>;

export const CatalogueReport = z.object({
  models: z.array(CatalogueModel),
  auto: z.array(AutoOrder),
  /** A line for every offered model that ended or is about to. */
  warnings: z.array(z.string()),
  countedAt: z.date(),
});
export type CatalogueReport = z.infer<typeof CatalogueReport>;

export const OpenWork = z.object({
  id: z.uuid(),
  kind: Kind,
  status: z.string(),
  provider: z.string(),
  modelLabel: z.string(),
  /** Waiting: since it was asked for. Stuck: since its last sign of life. */
  since: z.date(),
});
export type OpenWork = z.infer<typeof OpenWork>;

export const EngineReport = z.object({
  /** A provider each, of those with models here or with open work. */
  queues: z.array(
    z.object({
      provider: z.string(),
      waiting: z.number().int(),
      running: z.number().int(),
      checking: z.number().int(),
      /** How many may be under way at once; null for a provider that has no model here any more. */
      atOnce: z.number().int().nullable(),
    }),
  ),
  oldestWaiting: OpenWork.nullable(),
  lastHour: z.object({
    done: z.number().int(),
    failed: z.number().int(),
    cancelled: z.number().int(),
    /** The most frequent first. */
    reasons: z.array(z.object({ reason: z.string(), sentence: z.string(), count: z.number().int() })),
  }),
  /** Open work that nobody is at although somebody could be, oldest first, at most 20. None is the normal state. */
  stuck: z.array(OpenWork),
  countedAt: z.date(),
});
export type EngineReport = z.infer<typeof EngineReport>;

export const FindInput = z.object({
  words: z
    .string()
    .trim()
    .min(1, 'Type an e-mail address, a name or a number.')
    .max(320, 'This is too long for a name, an address or a number.'),
});
export type FindInput = z.infer<typeof FindInput>;

/** What carries these words in its name or address, or has exactly this number. */
export const Matches = z.object({
  people: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string(), isGuest: z.boolean() })),
  brands: z.array(z.object({ id: z.uuid(), name: z.string(), slug: z.string() })),
  generation: z.object({ id: z.uuid(), kind: Kind, status: z.string() }).nullable(),
  /** True: there are more than are listed. */
  hasMore: z.boolean(),
});
export type Matches = z.infer<typeof Matches>;

const { account: _, ...movementFilter } = MovementsInput.shape;
export const AccountInput = z
  .object({ of: Subject, ...movementFilter })
  .refine(({ from, to }) => !from || !to || from <= to, {
    message: 'The last day lies before the first.',
    path: ['to'],
  });
export type AccountInput = z.output<typeof AccountInput>;

/** A person's or a brand's credits as the staff see them. What was asked of models is their own: no prompts. */
export const AccountReport = z.object({
  subject: AccountView.extend({
    id: z.uuid(),
    /** A person's e-mail address, or how a brand is called in addresses; null for a guest. */
    address: z.string().nullable(),
    isGuest: z.boolean(),
  }),
  balance: z.number().int(),
  statement: Statement,
  movements: pageOutput(
    Movement.extend({ generation: Movement.shape.generation.unwrap().omit({ prompt: true }).nullable() }),
  ),
});
export type AccountReport = z.infer<typeof AccountReport>;

/** A receipt as the staff see it: whose it is, and not what was asked for. */
export const StaffReceipt = Receipt.omit({ prompt: true }).extend({
  /** Who asked. */
  owner: z.object({ id: z.uuid(), name: z.string() }),
  payer: Receipt.shape.payer.extend({ id: z.uuid() }),
});
export type StaffReceipt = z.infer<typeof StaffReceipt>;
