import { z } from 'zod';
import { PageInput } from '../paging/schema.ts';
import { plainText } from '../plain-text/schema.ts';
import { IdempotencyKey } from '../presses/schema.ts';
import { PING, WEBHOOK_EVENT_TYPES } from './rules.ts';

const WebhookUrl = z
  .string()
  .trim()
  .max(2_000, 'This address is too long.')
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
  }, 'Give the whole address, starting with https://, without a user name or a password in it.');

const Types = z
  .array(z.enum(WEBHOOK_EVENT_TYPES))
  .min(1, 'Choose at least one event.')
  .transform((types) => [...new Set(types)]);
const Description = plainText({ max: 120, empty: null, noun: 'description' });

export const WebhooksInput = z.object({ brandId: z.uuid().nullish() });
export type WebhooksInput = z.output<typeof WebhooksInput>;

export const CreateWebhookInput = z.object({
  url: WebhookUrl,
  types: Types,
  description: Description.default(''),
  brandId: z.uuid().nullish(),
  idempotencyKey: IdempotencyKey.optional(),
});
export type CreateWebhookInput = z.output<typeof CreateWebhookInput>;

export const WebhookId = z.object({ id: z.uuid('This is not the address of a webhook.') });

export const UpdateWebhookInput = WebhookId.extend({
  url: WebhookUrl.optional(),
  types: Types.optional(),
  description: Description.optional(),
  /** Active again also lifts a stop. */
  state: z.enum(['active', 'paused']).optional(),
});
export type UpdateWebhookInput = z.output<typeof UpdateWebhookInput>;

export const WebhookView = z.object({
  id: z.uuid(),
  brandId: z.uuid().nullable(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.enum(WEBHOOK_EVENT_TYPES)),
  state: z.enum(['active', 'paused', 'stopped']),
  /** Why it was stopped. */
  stoppedBecause: z.string().nullable(),
  /** The first failure after the last success. */
  failingSince: z.date().nullable(),
  /** Until when the secret before the last rotation signs too. */
  previousSecretUntil: z.date().nullable(),
  createdAt: z.date(),
});
export type WebhookView = z.infer<typeof WebhookView>;

/** The one answer that holds the secret. */
export const WebhookWithSecret = WebhookView.extend({ secret: z.string() });
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

export const DeliveriesInput = PageInput.extend(WebhookId.shape);
export type DeliveriesInput = z.output<typeof DeliveriesInput>;

export const DeliveryView = z.object({
  id: z.uuid(),
  type: z.enum([...WEBHOOK_EVENT_TYPES, PING]),
  /** `dropped`: it was not sent because it must not be. */
  state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  happenedAt: z.date(),
  /** When it is sent next; null when it is not. */
  dueAt: z.date().nullable(),
  problem: z.string().nullable(),
  attempts: z.array(
    z.object({
      at: z.date(),
      tookMs: z.number().int(),
      status: z.number().int().nullable(),
      problem: z.string().nullable(),
      /** The first kilobyte of the answer, without what looks like a secret. */
      snippet: z.string().nullable(),
    }),
  ),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

export const ReplayInput = WebhookId.extend({
  /** One delivery, whatever became of it. */
  deliveryId: z.uuid().optional(),
  /** Or those of events within these times; only failed ones unless `all`. */
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  all: z.boolean().default(false),
})
  .refine(({ deliveryId, from }) => (deliveryId === undefined) !== (from === undefined), {
    message: 'Name one delivery, or the time from which to replay.',
  })
  .meta({ examples: [{ from: '2026-11-30T00:00:00.000Z' }] });
export type ReplayInput = z.output<typeof ReplayInput>;

export const Replayed = z.object({ replayed: z.number().int() });
