import { z } from 'zod';

/** The forms of this page, told apart by their button. */
export const WebhookForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('pause') }),
  z.object({ intent: z.literal('resume') }),
  z.object({ intent: z.literal('ping') }),
  z.object({ intent: z.literal('rotate') }),
  z.object({ intent: z.literal('remove') }),
  z.object({ intent: z.literal('replay'), deliveryId: z.uuid() }),
]);
export type WebhookForm = z.infer<typeof WebhookForm>;

export const DONE = {
  pause: 'Paused. Nothing is sent, and what happens meanwhile is not kept for it.',
  resume: 'It goes on. What waited is sent now.',
  ping: 'The test message is on its way. Load this page again to see what came back.',
  replay: 'It is sent again, under its old id.',
} as const;
export type Done = keyof typeof DONE;
