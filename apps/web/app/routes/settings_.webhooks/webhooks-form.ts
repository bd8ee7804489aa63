import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '@repo/domain/webhooks/rules';
import { CreateWebhookInput } from '@repo/domain/webhooks/schema';
import { z } from 'zod';

/** The name of the box for an event; a form without scripts posts the boxes that are ticked. */
export const boxOf = (type: WebhookEventType) => `tell ${type}` as const;

const boxes = Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [boxOf(type), z.string().optional()]));

/** The form that makes a webhook. */
export const WebhooksForm = CreateWebhookInput.pick({ url: true, description: true })
  .extend({ ...boxes, intent: z.literal('make'), owner: z.union([z.literal('me'), z.uuid()]), formKey: z.uuid() })
  .superRefine((form, check) => {
    if (typesOf(form).length > 0) return;
    check.addIssue({ code: 'custom', path: ['types'], message: 'Choose at least one event.' });
  });
export type WebhooksForm = z.infer<typeof WebhooksForm>;

export const createInputOf = (form: WebhooksForm): z.input<typeof CreateWebhookInput> => ({
  url: form.url,
  description: form.description,
  types: typesOf(form),
  brandId: form.owner === 'me' ? null : form.owner,
  idempotencyKey: form.formKey,
});

function typesOf(form: object): WebhookEventType[] {
  const ticked = form as Record<string, string | undefined>;
  return WEBHOOK_EVENT_TYPES.filter((type) => ticked[boxOf(type)] !== undefined);
}
