import { z } from 'zod';
import { demandTypes, ToldFields } from '../settings_.webhooks/webhooks-form.ts';

/** The forms of this page, told apart by their button. */
export const WebhookForm = z.discriminatedUnion('intent', [
  ToldFields.extend({ intent: z.literal('change') }).superRefine(demandTypes),
  z.object({ intent: z.literal('pause') }),
  z.object({ intent: z.literal('resume') }),
  z.object({ intent: z.literal('ping') }),
  z.object({ intent: z.literal('rotate') }),
  z.object({ intent: z.literal('remove') }),
  z.object({ intent: z.literal('replay'), deliveryId: z.uuid() }),
]);
export type WebhookForm = z.infer<typeof WebhookForm>;

export const DONE = {
  change: 'The changes are saved. What is sent from now on goes by them.',
  pause: 'Paused. Nothing is sent, and what happens meanwhile is not kept for it.',
  resume: 'It goes on. What waited is sent now.',
  ping: 'The test message is on its way. What comes back is shown below.',
  replay: 'It is sent again, under its old id. What comes back is shown below.',
} as const;
export type Done = keyof typeof DONE;
