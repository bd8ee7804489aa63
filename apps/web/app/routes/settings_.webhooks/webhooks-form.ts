import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from '@repo/domain/webhooks/rules';
import { CreateWebhookInput } from '@repo/domain/webhooks/schema';
import { z } from 'zod';

/** The name of the box for an event; a form without scripts posts the boxes that are ticked. */
export const boxOf = (type: WebhookEventType) => `tell ${type}` as const;

type Boxes = Record<ReturnType<typeof boxOf>, z.ZodOptional<z.ZodString>>;
const boxes = Object.fromEntries(WEBHOOK_EVENT_TYPES.map((type) => [boxOf(type), z.string().optional()])) as Boxes;

/** What a webhook is told and where, as boxes and fields of a form. */
export const ToldFields = CreateWebhookInput.pick({ url: true, description: true }).extend(boxes);

/** For `superRefine`: at least one box is ticked. */
export function demandTypes(form: object, check: z.core.$RefinementCtx): void {
  if (typesOf(form).length > 0) return;
  check.addIssue({ code: 'custom', path: ['types'], message: 'Choose at least one event.' });
}

/** The form that makes a webhook. */
export const WebhooksForm = ToldFields.extend({
  intent: z.literal('make'),
  owner: z.union([z.literal('me'), z.uuid()]),
  formKey: z.uuid(),
}).superRefine(demandTypes);
export type WebhooksForm = z.infer<typeof WebhooksForm>;

export const toldOf = (form: z.infer<typeof ToldFields>) => ({
  url: form.url,
  description: form.description,
  types: typesOf(form),
});

export const createInputOf = (form: WebhooksForm): z.input<typeof CreateWebhookInput> => ({
  ...toldOf(form),
  brandId: form.owner === 'me' ? null : form.owner,
  idempotencyKey: form.formKey,
});

function typesOf(form: object): WebhookEventType[] {
  const ticked = form as Record<string, string | undefined>;
  return WEBHOOK_EVENT_TYPES.filter((type) => ticked[boxOf(type)] !== undefined);
}
