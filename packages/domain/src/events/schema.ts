import { z } from 'zod';

/** Where a reader stands in the event log: `<transaction>.<event>`. */
export const EventPosition = z.string().regex(/^\d{1,20}\.\d{1,19}$/);

export const LiveEvent = z.object({
  noun: z.string(),
  nounId: z.uuid(),
  verb: z.string(),
  payload: z.record(z.string(), z.unknown()),
  at: z.date(),
});
export type LiveEvent = z.infer<typeof LiveEvent>;
export type PositionedEvent = { position: string; audienceId: string | null; event: LiveEvent };
